import { parseDocument, Scalar } from 'yaml';
import { resolvePlan } from '../genesis/plan/resolve-plan.js';
import type { ResolvedPlan } from '../genesis/plan/resolved-plan.js';
import type { Context } from './context.js';
import { readPlanText } from './load-plan.js';
import { writeFileWhole } from './write-file-whole.js';

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
 * @throws ToolkitError `PLAN_INVALID` for a bad value, `FILE_EXISTS`, `FILE_NOT_WRITTEN` (exit 2).
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
  writeFileWhole(parameters.file, text, context, parameters.force);
  return plan;
}
