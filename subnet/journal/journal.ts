import type { JournalMessage, JournalRecord } from './record.js';

/** An append-only log. `append` returns when the record is safe. */
export interface Journal {
  readonly records: readonly JournalRecord[];
  append(message: JournalMessage): void;
  close(): void;
}
