import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { ToolkitError } from '../../genesis/base/errors.js';

export interface Lock {
  release(): void;
}

/**
 * Takes a lock file that names its owner by process id and start time, so that a number used again is not mistaken for
 * the owner. A lock whose owner is gone is taken over.
 *
 * @throws ToolkitError `JOURNAL_LOCKED` while the owner lives.
 */
export function acquireLock(path: string): Lock {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, JSON.stringify({ pid: process.pid, started: processStart(process.pid) }));
      closeSync(file);
      return { release: () => unlinkSync(path) };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new ToolkitError({
          code: 'JOURNAL_WRITE_FAILED',
          message: `The lock file could not be made: ${(cause as Error).message}.`,
          where: path,
          next: 'Check that the folder exists and is writable, and that the disk is not full.',
          cause,
        });
      }
      const owner = readOwner(path);
      if (attempt > 2 || (owner !== undefined && processStart(owner.pid) === owner.started)) {
        throw new ToolkitError({
          code: 'JOURNAL_LOCKED',
          message: `Process ${owner?.pid ?? 'unknown'} is working on this deployment.`,
          where: path,
          next: 'Wait until it has finished, or stop it first.',
          cause,
        });
      }
      try {
        unlinkSync(path);
      } catch {
        // Somebody else took the stale lock over; the next attempt decides.
      }
    }
  }
}

function readOwner(path: string): { pid: number; started: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { pid: number; started: string };
  } catch {
    return undefined;
  }
}

/** A text that differs between two processes of the same number; empty when no such process lives. */
function processStart(pid: number): string {
  try {
    // Field 22 counts from the boot; the command name before it may hold spaces and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    try {
      process.kill(pid, 0);
      return 'alive';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'alive' : '';
    }
  }
}
