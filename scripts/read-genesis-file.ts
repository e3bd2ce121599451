import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ToolkitError } from '../genesis/base/errors.js';
import type { Context } from './context.js';

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
async function readGenesisFile(file: string, context: Pick<Context, 'cwd'>): Promise<string> {
  const path = resolve(context.cwd, file);
  try {
    const { size } = await stat(path);
    if (size > maximumBytes) throw new RangeError(`it has ${size} bytes`);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readFile(path));
  } catch (error) {
    throw new ToolkitError({
      code: 'GENESIS_FILE_UNREADABLE',
      message: `Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}.`,
      where: path,
      allowed: `a readable file of at most ${maximumBytes} bytes`,
      next: 'Name a genesis file.',
      exitCode: 2,
      cause: error,
    });
  }
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
    text: await readGenesisFile(argv.file, context),
    options: {
      network: argv.network,
      file: argv.file,
      upgradeFile: argv.upgrade,
      upgradeText:
        argv.upgrade === undefined ? undefined : await readGenesisFile(argv.upgrade, context),
    },
  };
}
