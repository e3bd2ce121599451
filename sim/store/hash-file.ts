import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Hex } from '../../genesis/base/hash.js';

/** SHA-256 of a file's bytes. */
export function hashFile(path: string): Hex {
  return `0x${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}
