import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ToolkitError } from '../../../genesis/base/errors.js';
import type { Context } from '../../context.js';

/** Where studies lie unless `--out` says otherwise, below the working folder. */
export const studiesFolder = join('.masa', 'studies');

/**
 * The folder of a study by path or by the beginning of its hash.
 *
 * @throws ToolkitError `STUDY_NOT_FOUND` (exit 2).
 */
export function findStudy(name: string, context: Pick<Context, 'cwd'>): string {
  const direct = resolve(context.cwd, name);
  if (existsSync(join(direct, 'study.json'))) return direct;
  const root = resolve(context.cwd, studiesFolder);
  const all = existsSync(root) ? readdirSync(root) : [];
  const matching = all.filter((entry) => entry.startsWith(name.replace(/^0x/, '')));
  if (matching.length === 1 && name !== '') return join(root, matching[0]!);
  throw new ToolkitError({
    code: 'STUDY_NOT_FOUND',
    message:
      matching.length > 1
        ? `"${name}" is the beginning of ${matching.length} studies.`
        : `There is no study "${name}".`,
    where: direct,
    allowed: 'the folder of a study, or the beginning of its hash',
    next: 'masa sim ls lists the studies; masa sim run makes one.',
    exitCode: 2,
  });
}
