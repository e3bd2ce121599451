import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { ToolkitError } from '../../genesis/base/errors.js';

export interface Lock {
  release(): void;
}

/**
 * Takes a lock file that names its owner by process id and start time, so that a number used again is not mistaken for
 * the owner. The file appears with its content at once; a lock whose owner is gone is taken over, by one process only.
 *
 * @throws ToolkitError `JOURNAL_LOCKED` while the owner lives.
 */
export function acquireLock(path: string): Lock {
  const content = JSON.stringify({
    pid: process.pid,
    started: processStart(process.pid),
    id: randomUUID(),
  });
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, content, { flag: 'wx', mode: 0o600 });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (link(draft, path)) return { release: () => release(path, content) };
      const found = read(path);
      if (found === undefined) continue;
      const owner = parseOwner(found);
      if (owner !== undefined && processStart(owner.pid) === owner.started)
        throw locked(path, owner.pid);
      takeAway(path, found);
    }
    throw locked(path, undefined);
  } catch (cause) {
    if (cause instanceof ToolkitError) throw cause;
    throw new ToolkitError({
      code: 'JOURNAL_WRITE_FAILED',
      message: `The lock file could not be made: ${(cause as Error).message}.`,
      where: path,
      next: 'Check that the folder exists and is writable, and that the disk is not full.',
      cause,
    });
  } finally {
    rmSync(draft, { force: true });
  }
}

/** False when the lock is there already. */
function link(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a stale lock, and nothing else: what another process has put there in between is put back. */
function takeAway(path: string, stale: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    if (read(aside) !== stale) link(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
}

function release(path: string, content: string): void {
  if (read(path) === content) rmSync(path, { force: true });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseOwner(text: string): { pid: number; started: string } | undefined {
  try {
    const { pid, started } = JSON.parse(text) as { pid: unknown; started: unknown };
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

function locked(path: string, pid: number | undefined): ToolkitError {
  return new ToolkitError({
    code: 'JOURNAL_LOCKED',
    message: `Process ${pid ?? 'unknown'} is working on this deployment.`,
    where: path,
    allowed: 'one process at a time for each --out folder',
    next: 'Wait until it has finished, or stop it first; then run again.',
  });
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
