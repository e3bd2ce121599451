import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One call that computed runs of a study. */
export interface Session {
  readonly computed: number;
  readonly workers: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly machine: string;
  readonly node: string;
}

/** How a study was computed, by its log; lines that cannot be read are left out, since nothing depends on them. */
export function readSessions(path: string): Session[] {
  const file = join(path, 'log.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Session];
      } catch {
        return [];
      }
    });
}
