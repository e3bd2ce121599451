import { crc32 } from 'node:zlib';
import { canonicalJson } from '../../genesis/base/canonical-json.js';
import type { JournalRecord } from './record.js';

/**
 * Writes one record as a line: byte length, CRC-32 of the body, body as canonical JSON. Length and checksum make a
 * torn line recognisable without guessing.
 *
 * @example formatRecord({ sequence: 0, previous: '0x', message: { kind: 'finished' } })
 * // '60 86b41320 {"message":{"kind":"finished"},"previous":"0x","sequence":0}\n'
 */
export function formatRecord(record: JournalRecord): string {
  const body = canonicalJson(record);
  const bytes = new TextEncoder().encode(body);
  return `${bytes.length} ${crc32(bytes).toString(16).padStart(8, '0')} ${body}\n`;
}
