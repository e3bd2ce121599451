import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashValue } from '../../../genesis/base/hash.js';
import type { Memo } from '../plan/memo.js';
import { writeDurably } from './write-durably.js';

/**
 * A memo in a folder: elliptic curves in JavaScript are a second of each start otherwise. Files are their owner's alone. A
 * file that cannot be read or written only costs time.
 *
 * @param folder belongs to one version of the toolkit.
 */
export function createFileMemo(folder: string): Memo {
  return async (name, inputs, make) => {
    const file = join(folder, `${hashValue([name, ...inputs]).slice(2)}.json`);
    const kept = await readFile(file, 'utf8').catch(() => undefined);
    if (kept !== undefined) return kept;
    const text = await make();
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeDurably(file, text);
    } catch {
      // It is made again the next time.
    }
    return text;
  };
}
