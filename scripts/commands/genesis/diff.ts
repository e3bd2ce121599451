import { defineCommand } from '../../command.js';
import { genesisFileOptions } from '../../read-genesis-file.js';

/** `masa genesis diff`: what differs between two genesis files for the node. */
export const command = defineCommand({
  command: 'diff <a> <b>',
  describe: 'Compare two genesis files as the node understands them, slot by slot',
  options: { network: genesisFileOptions.network },
  positionals: {
    a: { type: 'string', describe: 'Genesis file' },
    b: { type: 'string', describe: 'Genesis file to compare with' },
  },
  examples: [['masa genesis diff genesis.json other.json', 'exit code 1 when they differ']],
  async run(argv, context) {
    const { readGenesisFiles } = await import('../../read-genesis-file.js');
    const { parseGenesis } = await import('../../../genesis/compile/parse-genesis.js');
    const { diffGenesis } = await import('../../../genesis/compile/diff-genesis.js');
    const read = async (file: unknown) => {
      const { text, options } = await readGenesisFiles(
        { file: String(file), network: argv.network },
        context,
      );
      return parseGenesis(text, options);
    };
    const differences = diffGenesis(await read(argv.a), await read(argv.b));
    const lines = differences.map(
      ({ path, a = 'absent', b = 'absent' }) => `${path}\n  - ${shorten(a)}\n  + ${shorten(b)}`,
    );
    return {
      exitCode: differences.length === 0 ? 0 : 1,
      json: { differences },
      text: [...lines, `${differences.length} differences`].join('\n'),
    };
  },
});

function shorten(value: string): string {
  return value.length > 100 ? `${value.slice(0, 60)}… (${value.length} characters)` : value;
}
