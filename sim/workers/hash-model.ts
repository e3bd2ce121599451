import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hex } from '../../genesis/base/hash.js';

/** Where the code lies that decides a run's numbers, relative to the package. */
const places = [
  'genesis/base',
  'genesis/formulas',
  'genesis/plan/unlocked-supply',
  'sim/engine/retention',
  'sim/engine/run-model',
  'sim/kernel',
  'sim/model',
];

let known: Hex | undefined;

/**
 * Identity of the model's code: SHA-256 over the files that decide numbers. Sources and compiled files have different
 * identities, since only equal code is sure to give equal numbers.
 */
export function hashModel(): Hex {
  if (known !== undefined) return known;
  const own = fileURLToPath(import.meta.url);
  const extension = own.endsWith('.ts') ? '.ts' : '.js';
  const root = join(own, '..', '..', '..');
  const hash = createHash('sha256');
  for (const place of places) {
    for (const file of filesOf(root, place, extension)) {
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(join(root, file)))
        .update('\0');
    }
  }
  known = `0x${hash.digest('hex')}`;
  return known;
}

function filesOf(root: string, place: string, extension: string): string[] {
  if (/\/(unlocked-supply|run-model|retention)$/.test(place)) return [place + extension];
  return readdirSync(join(root, place), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${place}/${entry.name}`;
      if (entry.isDirectory()) return filesOf(root, path, extension);
      return entry.name.endsWith(extension) && !/\.(test|fuzz)\.|\.d\.ts$/.test(entry.name)
        ? [path]
        : [];
    });
}
