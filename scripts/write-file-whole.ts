import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ToolkitError } from '../genesis/base/errors.js';
import type { Context } from './context.js';

/**
 * Writes a file whole or not at all. A file that is there with other contents stays unless `force`; with the
 * same contents nothing happens. What an earlier process left of the same file when it was killed is removed.
 *
 * @returns The absolute path.
 * @throws ToolkitError `FILE_EXISTS` or `FILE_NOT_WRITTEN` (exit 2).
 */
export function writeFileWhole(
  file: string,
  text: string,
  context: Pick<Context, 'cwd'>,
  force = false,
): string {
  const path = resolve(context.cwd, file);
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  let begun = false;
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    }
    removeDrafts(folder, basename(path));
    const descriptor = openSync(draft, 'wx');
    begun = true;
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    // link() refuses to replace a file, so nothing is lost between a look and a write.
    if (force) renameSync(draft, path);
    else linkSync(draft, path);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const exists = code === 'EEXIST' && begun;
    if (exists && contents(path) === text) return path;
    throw new ToolkitError({
      code: exists ? 'FILE_EXISTS' : 'FILE_NOT_WRITTEN',
      message: exists
        ? 'The file is there already, with other contents.'
        : `The file cannot be written (${reasons[code] ?? code}).`,
      where: path,
      allowed: exists ? undefined : 'a file in a folder that is there and can be written',
      next: exists
        ? 'Choose another name, or say --force to replace it.'
        : code === 'ENOSPC'
          ? 'Make room on the disk, or choose another place.'
          : 'Choose another place.',
      exitCode: 2,
      cause: error,
    });
  } finally {
    if (begun) rmSync(draft, { force: true });
  }
  return path;
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EFBIG: 'it may not grow further',
  EROFS: 'the file system is read-only',
  EACCES: 'access is denied',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a file stands where its folder should be',
  EISDIR: 'a folder of this name is there',
};

function contents(path: string): string | undefined {
  try {
    // A device may have no end.
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** A process that is alive may be writing its draft; others were killed. */
function removeDrafts(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    const pid = entry.startsWith(`.${name}.`) ? /\.(\d+)\.tmp$/.exec(entry)?.[1] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, entry), { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
