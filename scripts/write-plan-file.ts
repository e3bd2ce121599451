import { randomUUID } from 'node:crypto';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseDocument, Scalar } from 'yaml';
import { ToolkitError } from '../genesis/base/errors.js';
import { resolvePlan } from '../genesis/plan/resolve-plan.js';
import type { ResolvedPlan } from '../genesis/plan/resolved-plan.js';
import type { Context } from './context.js';
import { readPlanText } from './load-plan.js';

interface WritePlanParameters {
  readonly file: string;
  readonly token?: string | undefined;
  readonly symbol?: string | undefined;
  readonly supply?: string | undefined;
  readonly chainId?: number | undefined;
  readonly force: boolean;
}

/**
 * Writes the neutral plan with a few values changed. It is checked before anything is written, and appears whole or
 * not at all.
 *
 * @throws ToolkitError `PLAN_INVALID` for a bad value, `PLAN_EXISTS`, `PLAN_NOT_WRITTEN` (exit 2).
 */
export async function writePlanFile(
  parameters: WritePlanParameters,
  context: Pick<Context, 'cwd' | 'packageRoot'>,
): Promise<ResolvedPlan> {
  const { text: template } = await readPlanText('neutral', context);
  const document = parseDocument(template, { version: '1.2' });
  if (parameters.token !== undefined) document.setIn(['token', 'name'], parameters.token);
  if (parameters.symbol !== undefined) document.setIn(['token', 'symbol'], parameters.symbol);
  if (parameters.chainId !== undefined) document.setIn(['chain', 'chainId'], parameters.chainId);
  if (parameters.supply !== undefined) {
    const supply = new Scalar(parameters.supply);
    supply.type = 'QUOTE_SINGLE';
    document.setIn(['token', 'supply'], supply);
  }
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true });
  const plan = resolvePlan({ text, file: parameters.file, overlays: [] });
  await writeWhole(resolve(context.cwd, parameters.file), text, parameters.force);
  return plan;
}

async function writeWhole(path: string, text: string, force: boolean): Promise<void> {
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await writeFile(draft, text, { flag: 'wx' });
    // link() refuses to replace a file, so that nothing is lost between a look and a write.
    await (force ? rename(draft, path) : link(draft, path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const exists = code === 'EEXIST';
    throw new ToolkitError({
      code: exists ? 'PLAN_EXISTS' : 'PLAN_NOT_WRITTEN',
      message: exists ? 'The file is there already.' : `The file cannot be written (${code}).`,
      where: path,
      next: exists ? 'Choose another name, or say --force to replace it.' : 'Choose another place.',
      exitCode: 2,
      cause: error,
    });
  } finally {
    await rm(draft, { force: true });
  }
}
