import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StudyFolder } from './study-folder.js';

/**
 * Removes the half-written files of a process that was killed. A daily file without a summary stays and is replaced. Call
 * it only with the folder's lock.
 */
export function cleanStudyFolder(folder: StudyFolder): void {
  for (const place of ['.', 'daily', 'summary']) {
    const path = join(folder.path, place);
    for (const name of existsSync(path) ? readdirSync(path) : []) {
      if (/^\.\d+-.*\.tmp$/.test(name)) rmSync(join(path, name), { force: true });
    }
  }
}
