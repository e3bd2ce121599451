import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { ToolkitError } from '../genesis/base/errors.js';
import { nearestWord } from '../genesis/plan/nearest-word.js';
import { invalidPlan } from '../genesis/plan/parse-plan-text.js';
import { resolvePlan } from '../genesis/plan/resolve-plan.js';
import type { ResolvedPlan } from '../genesis/plan/resolved-plan.js';
import type { Context } from './context.js';

const maximumBytes = 4_000_000;
/** Plans that come with the toolkit, in `genesis/plans`. */
const builtInPlans = ['masa', 'neutral'] as const;

/** What the plan options of a command give. */
export interface PlanArguments {
  readonly plan?: string | undefined;
  readonly profile?: string | undefined;
  readonly overlay?: readonly string[] | undefined;
  readonly set?: readonly string[] | undefined;
}

type Files = Pick<Context, 'cwd' | 'packageRoot'>;

/**
 * Reads and resolves the plan that a command was asked for: a built-in name or a file. Without `--overlay` the plan's
 * default overlays hold; `--overlay none` takes none.
 *
 * @throws ToolkitError `PLAN_NOT_FOUND` or `PLAN_INVALID` (exit 2).
 */
export async function loadPlan(argv: PlanArguments, context: Files): Promise<ResolvedPlan> {
  const { text, file } = await readPlanText(argv.plan ?? 'masa', context);
  const named = argv.overlay?.flatMap((item) => item.split(',')).filter((item) => item !== '');
  return resolvePlan({
    text,
    file,
    profile: argv.profile,
    overlays: named?.filter((item) => item !== 'none'),
    sets: argv.set,
  });
}

/** The text of a built-in plan or of a plan file, and the name that messages give it. */
export async function readPlanText(
  plan: string,
  context: Files,
): Promise<{ readonly text: string; readonly file: string }> {
  const builtIn = (builtInPlans as readonly string[]).includes(plan);
  const path = builtIn
    ? join(context.packageRoot, 'genesis', 'plans', `${plan}.yaml`)
    : isAbsolute(plan)
      ? plan
      : resolve(context.cwd, plan);
  const file = builtIn ? `${plan} (built in)` : plan;
  const bytes = await readBytes(path, plan);
  const encoding =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    if (encoding) throw new TypeError('UTF-16');
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), file };
  } catch {
    const message = 'The file is not UTF-8 text.';
    throw invalidPlan(file, [{ code: 'PLAN_ENCODING', path: '(file)', message, allowed: 'UTF-8' }]);
  }
}

async function readBytes(path: string, plan: string): Promise<Uint8Array> {
  try {
    const about = await stat(path);
    if (about.isFile() && about.size <= maximumBytes) return await readFile(path);
    const message = about.isFile()
      ? `The plan file has ${about.size} bytes.`
      : `"${plan}" is not a file.`;
    const allowed = `a file of at most ${maximumBytes} bytes`;
    throw new ToolkitError({ code: 'PLAN_NOT_FOUND', message, where: path, allowed, exitCode: 2 });
  } catch (error) {
    if (error instanceof ToolkitError) throw error;
    const near = nearestWord(plan, builtInPlans);
    throw new ToolkitError({
      code: 'PLAN_NOT_FOUND',
      message: `There is no plan "${plan}" (${(error as NodeJS.ErrnoException).code}).`,
      where: path,
      allowed: `${builtInPlans.join(', ')}, or a plan file`,
      next: near === undefined ? 'masa plan init writes one.' : `Did you mean "${near}"?`,
      exitCode: 2,
      cause: error,
    });
  }
}
