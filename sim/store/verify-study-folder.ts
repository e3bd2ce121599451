import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Shard } from '../engine/study.js';
import { hashFile } from './hash-file.js';
import type { StudyFolder } from './study-folder.js';

/**
 * Checks every file of a study: summaries against their checksum, daily files against their summary, and that nothing else
 * lies there.
 *
 * @returns The finished shards.
 * @throws ToolkitError `STUDY_DAMAGED` (exit 2) for a torn, changed or foreign file.
 */
export function verifyStudyFolder(folder: StudyFolder): Shard[] {
  for (const [place, extension] of [
    ['daily', '.parquet'],
    ['summary', '.json'],
  ] as const) {
    const expected = new Set(folder.shards.map(({ id }) => id + extension));
    const path = join(folder.path, place);
    for (const name of existsSync(path) ? readdirSync(path) : []) {
      if (!expected.has(name) && !name.startsWith('.')) {
        throw damaged(join(path, name), 'it is no part of this study', 'Move the file elsewhere.');
      }
    }
  }
  const finished = folder.finished();
  for (const shard of finished) {
    const summary = folder.readSummary(shard);
    const file = folder.daily(shard);
    if (summary.shard !== shard.id) throw damaged(file, `its summary is of ${summary.shard}`);
    if (hashFile(file) !== summary.dailyHash) {
      throw damaged(file, 'its checksum does not agree with the summary of the run');
    }
  }
  return finished;
}

function damaged(file: string, why: string, next?: string): ToolkitError {
  return new ToolkitError({
    code: 'STUDY_DAMAGED',
    message: `The file cannot be trusted: ${why}.`,
    where: file,
    next: next ?? 'Delete the file, then masa sim resume; only what is missing is computed.',
    exitCode: 2,
  });
}
