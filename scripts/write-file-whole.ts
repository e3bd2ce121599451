import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ToolkitError } from '../genesis/base/errors.js';
import type { Context } from './context.js';

/**
 * Writes a file whole or not at all. A file that is there with other contents stays unless `force`; with the
 * same contents nothing happens.
 *
 * @returns The absolute path.
 * @throws ToolkitError `FILE_EXISTS` or `FILE_NOT_WRITTEN` (exit 2).
 */
export async function writeFileWhole(
  file: string,
  text: string,
  context: Pick<Context, 'cwd'>,
  force = false,
): Promise<string> {
  const path = resolve(context.cwd, file);
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await writeFile(draft, text, { flag: 'wx' });
    // link() refuses to replace a file, so nothing is lost between a look and a write.
    await (force ? rename(draft, path) : link(draft, path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST' && (await readFile(path, 'utf8').catch(() => undefined)) === text)
      return path;
    const exists = code === 'EEXIST';
    throw new ToolkitError({
      code: exists ? 'FILE_EXISTS' : 'FILE_NOT_WRITTEN',
      message: exists
        ? 'The file is there already, with other contents.'
        : `The file cannot be written (${code}).`,
      where: path,
      next: exists ? 'Choose another name, or say --force to replace it.' : 'Choose another place.',
      exitCode: 2,
      cause: error,
    });
  } finally {
    await rm(draft, { force: true });
  }
  return path;
}
