import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ToolkitError } from '../../genesis/base/errors.js';
import { sha256 } from '../../genesis/base/hash.js';
import { acquireLock } from './acquire-lock.js';
import { formatRecord } from './format-record.js';
import type { Journal } from './journal.js';
import { parseJournal } from './parse-journal.js';
import type { JournalRecord } from './record.js';

export interface FileJournal extends Journal {
  /** Bytes of a torn last record that were cut when the file was opened. */
  readonly tornBytes: number;
}

/**
 * Opens or creates a journal file. One process at a time: a second one is refused, a lock left by a dead one is taken
 * over. A torn last record is cut off. Every append is on the disk before it returns.
 *
 * @throws ToolkitError `JOURNAL_LOCKED`, `JOURNAL_DAMAGED`, `JOURNAL_WRITE_FAILED`.
 */
export function openFileJournal(path: string): FileJournal {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (cause) {
    throw unusable(path, cause);
  }
  const lock = acquireLock(`${path}.lock`);
  let file: number | undefined;
  try {
    file = openSync(path, 'a+', 0o600);
    const {
      records: found,
      goodBytes,
      tornBytes,
      head: last,
    } = parseJournal(readFileSync(path), path);
    if (tornBytes > 0) {
      ftruncateSync(file, goodBytes);
      fsyncSync(file);
    }
    const records: JournalRecord[] = [...found];
    const descriptor = file;
    let head = last;
    let size = goodBytes;
    return {
      records,
      tornBytes,
      append(message) {
        const record = { sequence: records.length, previous: head, message };
        const line = formatRecord(record);
        try {
          const bytes = Buffer.from(line);
          for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
          fsyncSync(descriptor);
          size += bytes.length;
        } catch (cause) {
          // A full disk must not leave half a record between whole ones.
          ftruncateSync(descriptor, size);
          throw new ToolkitError({
            code: 'JOURNAL_WRITE_FAILED',
            message: `The journal could not be written: ${(cause as Error).message}.`,
            where: path,
            next: 'Make room on the disk and run the command again; it continues where it stopped.',
            cause,
          });
        }
        head = sha256(line);
        records.push(record);
      },
      close() {
        closeSync(descriptor);
        lock.release();
      },
    };
  } catch (error) {
    if (file !== undefined) closeSync(file);
    lock.release();
    throw error instanceof ToolkitError ? error : unusable(path, error);
  }
}

function unusable(path: string, cause: unknown): ToolkitError {
  return new ToolkitError({
    code: 'JOURNAL_WRITE_FAILED',
    message: `The journal cannot be opened (${(cause as NodeJS.ErrnoException).code}).`,
    where: path,
    allowed: 'a file in a folder that can be written',
    next: 'Choose another place, or make this one writable.',
    exitCode: 2,
    cause,
  });
}
