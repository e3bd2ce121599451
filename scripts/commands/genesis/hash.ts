import { defineCommand } from '../../command.js';
import { genesisFileOptions } from '../../read-genesis-file.js';

/** `masa genesis hash`: block-0 hash and state root of any Subnet-EVM genesis file. */
export const command = defineCommand({
  command: 'hash <file>',
  describe: 'Compute the block-0 hash and state root, refusing exactly what Subnet-EVM refuses',
  options: genesisFileOptions,
  positionals: { file: { type: 'string', describe: 'Genesis file of any Subnet-EVM chain' } },
  examples: [
    ['masa genesis hash genesis.json', 'with the schedule of a custom network'],
    ['masa genesis hash genesis.json --network fuji --upgrade upgrade.json', 'of a chain on Fuji'],
  ],
  async run(argv, context) {
    const { readGenesisFiles } = await import('../../read-genesis-file.js');
    const { parseGenesis } = await import('../../../genesis/compile/parse-genesis.js');
    const { hashGenesis } = await import('../../../genesis/compile/hash-genesis.js');
    const { text, options } = await readGenesisFiles({ ...argv, file: String(argv.file) }, context);
    const genesis = parseGenesis(text, options);
    const { blockHash, stateRoot } = hashGenesis(genesis);
    const { chainId } = genesis.config;
    const warnings =
      chainId === undefined
        ? ['chainId is absent: a node crashes when it starts with this file.']
        : [];
    return {
      json: { blockHash, stateRoot, chainId, network: argv.network, warnings },
      text: [
        `block hash  ${blockHash}`,
        `state root  ${stateRoot}`,
        ...warnings.map((warning) => `warning: ${warning}`),
      ].join('\n'),
    };
  },
});
