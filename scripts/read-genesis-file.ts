import { resolve } from 'node:path';
import type { Context } from './context.js';
import { readTextFile } from './read-text-file.js';

/** Larger than any genesis that the P-Chain takes (1 MiB), and than test chains with a million accounts. */
const maximumBytes = 512_000_000;

/** Options of the commands that read a genesis file. */
export const genesisFileOptions = {
  network: {
    choices: ['local', 'fuji', 'mainnet'] as const,
    default: 'local' as const,
    describe: 'Whose upgrade schedule applies; local is that of custom networks',
  },
  upgrade: { type: 'string', describe: 'upgrade.json that the nodes run with' },
} as const;

/**
 * The text of a file for the genesis parser: a byte order mark stays, broken UTF-8 becomes U+FFFD, as Go has it.
 *
 * @throws ToolkitError `GENESIS_FILE_UNREADABLE` (exit 2).
 */
function readGenesisFile(file: string, context: Pick<Context, 'cwd'>): string {
  return readTextFile({
    path: resolve(context.cwd, file),
    code: 'GENESIS_FILE_UNREADABLE',
    next: 'Name a genesis file; masa genesis build makes one.',
    maximumBytes,
    lenient: true,
  });
}

/** A genesis file and its upgrade file, ready for the parser. */
export async function readGenesisFiles(
  argv: {
    readonly file: string;
    readonly upgrade?: string | undefined;
    readonly network: 'local' | 'fuji' | 'mainnet';
  },
  context: Pick<Context, 'cwd'>,
) {
  return {
    text: readGenesisFile(argv.file, context),
    options: {
      network: argv.network,
      file: argv.file,
      upgradeFile: argv.upgrade,
      upgradeText: argv.upgrade === undefined ? undefined : readGenesisFile(argv.upgrade, context),
    },
  };
}
