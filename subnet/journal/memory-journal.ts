import { sha256 } from '../../genesis/base/hash.js';
import { formatRecord } from './format-record.js';
import type { Journal } from './journal.js';
import { journalRoot } from './parse-journal.js';
import type { JournalRecord } from './record.js';

/** A journal that lives as long as the process: for dry runs and throw-away chains. */
export function createMemoryJournal(): Journal {
  const records: JournalRecord[] = [];
  let head = journalRoot;
  return {
    records,
    append(message) {
      const record = { sequence: records.length, previous: head, message };
      head = sha256(formatRecord(record));
      records.push(record);
    },
    close() {},
  };
}
