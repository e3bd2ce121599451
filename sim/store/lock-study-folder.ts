import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../../genesis/base/errors.js';

/**
 * Keeps a second process out of a study's folder. The lock of a process that is gone is taken over.
 *
 * @returns Releases the lock.
 * @throws ToolkitError `STUDY_BUSY`, `STORE_WRITE_FAILED`.
 */
export function lockStudyFolder(path: string): () => void {
  const file = join(path, '.lock');
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, `${process.pid}`, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 2) {
        throw new ToolkitError({
          code: 'STORE_WRITE_FAILED',
          message: `The study's folder cannot be locked: ${(cause as Error).message}`,
          where: file,
          next: 'Choose another --out folder.',
          cause,
        });
      }
      const owner = readOwner(file);
      if (owner !== undefined && isAlive(owner)) {
        throw new ToolkitError({
          code: 'STUDY_BUSY',
          message: `Process ${owner} is working on this study.`,
          where: path,
          next: 'Wait for it or stop it; its finished runs are kept.',
          cause,
        });
      }
      rmSync(file, { force: true });
    }
  }
}

function readOwner(file: string): number | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return /^\d+$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
