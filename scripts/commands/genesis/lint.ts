import { defineCommand } from '../../command.js';
import { genesisFileOptions } from '../../read-genesis-file.js';

/** `masa genesis lint`: what the node refuses, ignores without a word, or takes in a way that hurts later. */
export const command = defineCommand({
  command: 'lint <file>',
  describe: 'Find what the node refuses, silently ignores, or would regret later',
  options: {
    ...genesisFileOptions,
    strict: { type: 'boolean', default: false, describe: 'Fail on warnings, too' },
    supply: { type: 'string', describe: 'Tokens that all balances must add up to' },
    'own-chain-id': {
      type: 'string',
      describe: 'Chain id that is yours although a registry lists it',
    },
  },
  positionals: { file: { type: 'string', describe: 'Genesis file of any Subnet-EVM chain' } },
  examples: [
    ['masa genesis lint genesis.json --upgrade upgrade.json', 'both files'],
    ['masa genesis lint genesis.json --supply 1588866523', 'and the sum of the balances'],
  ],
  async run(argv, context) {
    const { readGenesisFiles } = await import('../../read-genesis-file.js');
    const { lintGenesis } = await import('../../../genesis/compile/lint-genesis.js');
    const { parseTokens, parseWei } = await import('../../../genesis/base/amount.js');
    const supply = argv.supply === undefined ? undefined : parseTokens(argv.supply, '--supply');
    const own = argv.ownChainId;
    const ownChainId = own === undefined ? undefined : parseWei(String(own), '--own-chain-id');
    const { text, options } = await readGenesisFiles({ ...argv, file: String(argv.file) }, context);
    const now = BigInt(Math.floor(context.now() / 1000));
    const findings = lintGenesis(text, { ...options, now, supply, ownChainId });
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const lines = findings.map(({ code, severity, file, path, line, message, title, fix }) => {
      const name = file === 'upgrade' ? argv.upgrade : argv.file;
      return `${severity} ${code}  ${name}:${line} ${path}\n  ${message} ${title}\n  ${fix}`;
    });
    return {
      exitCode: errors > 0 || (argv.strict && findings.length > 0) ? 1 : 0,
      json: { findings, errors, warnings: findings.length - errors },
      text: [...lines, `${errors} errors, ${findings.length - errors} warnings`].join('\n'),
    };
  },
});
