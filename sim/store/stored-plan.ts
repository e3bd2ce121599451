import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../genesis/base/canonical-json.js';
import { ToolkitError } from '../../genesis/base/errors.js';
import { hashPlan } from '../../genesis/plan/resolve-plan.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import { readStudy, writeWhole } from './study-folder.js';

const tag = '$bigint';

/** Keeps the resolved plan beside the study, so that it can be resumed and reported without the plan file. */
export function writeStoredPlan(path: string, plan: ResolvedPlan): void {
  const file = join(path, 'plan.json');
  if (!existsSync(file)) writeWhole(file, `${canonicalJson(tagged(plan))}\n`);
}

/**
 * Reads the plan of a study's folder.
 *
 * @throws ToolkitError `STUDY_NOT_FOUND`, `STUDY_DAMAGED` (exit 2) when it is not the plan that the study names.
 */
export function readStoredPlan(path: string): ResolvedPlan {
  const study = readStudy(path);
  const file = join(path, 'plan.json');
  try {
    const plan = JSON.parse(readFileSync(file, 'utf8'), (_, value) =>
      typeof value === 'object' && value !== null && typeof value[tag] === 'string'
        ? BigInt(value[tag])
        : value,
    ) as ResolvedPlan;
    const hash = hashPlan(plan);
    if (hash !== study.planHash) throw new Error(`it is plan ${hash}, not ${study.planHash}`);
    return plan;
  } catch (cause) {
    throw new ToolkitError({
      code: 'STUDY_DAMAGED',
      message: `The plan of the study cannot be read: ${(cause as Error).message}.`,
      where: file,
      next: 'Delete the file and repeat masa sim run with the same options and --out.',
      exitCode: 2,
      cause,
    });
  }
}

function tagged(value: unknown): unknown {
  if (typeof value === 'bigint') return { [tag]: value.toString() };
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tagged(item)]));
}
