import type { GenesisDescription } from '../../../genesis/compile/describe-genesis.js';
import { defineCommand } from '../../command.js';
import { planOptions } from '../../options.js';
import { genesisFileOptions } from '../../read-genesis-file.js';

const titles: readonly (readonly [keyof GenesisDescription, string])[] = [
  ['header', 'Header'],
  ['upgrades', 'Network upgrades'],
  ['fees', 'Fees'],
  ['precompiles', 'Precompiles'],
  ['accounts', 'Accounts of block 0'],
];

/** `masa genesis explain`: a genesis file, or the plan's genesis, in words. */
export const command = defineCommand({
  command: 'explain [file]',
  describe: 'Explain a genesis file, or the one of the plan: header, forks, precompiles, accounts',
  options: { ...planOptions, ...genesisFileOptions },
  positionals: {
    file: {
      type: 'string',
      describe: 'Genesis file; "plan" or nothing explains the genesis of the plan',
    },
  },
  examples: [
    ['masa genesis explain', 'the genesis of the plan'],
    ['masa genesis explain genesis.json --network fuji', 'any file'],
  ],
  async run(argv, context) {
    const { describeGenesis } = await import('../../../genesis/compile/describe-genesis.js');
    const description = describeGenesis(...(await findGenesis()));
    return {
      json: description,
      text: titles
        .map(([part, title]) => {
          const rows = description[part];
          const width = Math.max(...rows.map(({ name }) => name.length));
          const lines = rows.map(({ name, value }) => `  ${name.padEnd(width)}  ${value}`);
          return `${title}\n${lines.join('\n')}`;
        })
        .join('\n\n'),
    };

    async function findGenesis(): Promise<Parameters<typeof describeGenesis>> {
      if (typeof argv.file === 'string' && argv.file !== 'plan') {
        const { readGenesisFiles } = await import('../../read-genesis-file.js');
        const { parseGenesis } = await import('../../../genesis/compile/parse-genesis.js');
        const { text, options } = await readGenesisFiles({ ...argv, file: argv.file }, context);
        return [parseGenesis(text, options)];
      }
      if (argv.upgrade !== undefined) {
        const { ToolkitError } = await import('../../../genesis/base/errors.js');
        throw new ToolkitError({
          code: 'USAGE',
          message: '--upgrade is given without a genesis file.',
          where: '--upgrade',
          next: 'Name the genesis file that it belongs to: masa genesis explain <file> --upgrade …',
          exitCode: 2,
        });
      }
      const { compilePlan } = await import('../../compile-plan.js');
      const { compiled } = await compilePlan(argv, context);
      return [compiled.genesis, compiled.names];
    }
  },
});
