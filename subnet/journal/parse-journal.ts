import { crc32 } from 'node:zlib';
import { ToolkitError } from '../../genesis/base/errors.js';
import { type Hex, sha256 } from '../../genesis/base/hash.js';
import type { JournalRecord } from './record.js';

export interface ParsedJournal {
  readonly records: readonly JournalRecord[];
  /** Bytes that hold whole records; what follows was torn while it was written and is to be cut. */
  readonly goodBytes: number;
  /** How many bytes of a torn last record follow. */
  readonly tornBytes: number;
  /** SHA-256 of the last record's line: `previous` of the next one. */
  readonly head: Hex;
}

/** `previous` of the first record. */
export const journalRoot: Hex = sha256('masa journal');

/**
 * Reads a journal. A torn last record is cut off and reported; damage before it stops the reading, since what follows
 * cannot be trusted.
 *
 * @throws ToolkitError `JOURNAL_DAMAGED` with the line number.
 */
export function parseJournal(bytes: Uint8Array, where: string): ParsedJournal {
  const records: JournalRecord[] = [];
  let head = journalRoot;
  let offset = 0;
  while (offset < bytes.length) {
    const end = bytes.indexOf(0x0a, offset);
    if (end === -1) break;
    const line = bytes.subarray(offset, end + 1);
    const record = parseLine(line);
    if (record === undefined || record.sequence !== records.length || record.previous !== head) {
      // A write torn by a power cut may have its last page on the disk and zeros before it.
      if (end + 1 === bytes.length && line.includes(0)) break;
      throw new ToolkitError({
        code: 'JOURNAL_DAMAGED',
        message: `Line ${records.length + 1} of the journal ${record === undefined ? 'is not a whole record' : 'does not follow the record before it'}.`,
        where: `${where}: line ${records.length + 1}`,
        allowed:
          'records whose length, checksum, number and chain hash agree; only the last may be torn',
        next: 'Restore the file from a copy, or move it away and run again: what is on the chain is found again.',
        exitCode: 2,
      });
    }
    records.push(record);
    head = sha256(line);
    offset = end + 1;
  }
  return { records, goodBytes: offset, tornBytes: bytes.length - offset, head };
}

function parseLine(line: Uint8Array): JournalRecord | undefined {
  const text = new TextDecoder().decode(line);
  const match = /^(\d{1,9}) ([0-9a-f]{8}) (.*)\n$/s.exec(text);
  if (match === null) return undefined;
  const body = new TextEncoder().encode(match[3]!);
  if (body.length !== Number(match[1]) || crc32(body) !== Number.parseInt(match[2]!, 16))
    return undefined;
  return JSON.parse(match[3]!) as JournalRecord;
}
