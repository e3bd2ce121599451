import { type CompiledGenesis, compileGenesis } from '../genesis/compile/compile-genesis.js';
import type { NetworkName } from '../genesis/compile/parsed-genesis.js';
import type { ResolvedPlan } from '../genesis/plan/resolved-plan.js';
import type { Context } from './context.js';
import { loadPlan, type PlanArguments } from './load-plan.js';

/**
 * Loads the plan that a command was asked for and compiles its genesis with the toolkit's own contracts.
 *
 * @throws ToolkitError `PLAN_…` or `GENESIS_…` (exit 2).
 */
export async function compilePlan(
  argv: PlanArguments & { readonly network?: NetworkName | undefined },
  context: Pick<Context, 'cwd' | 'packageRoot'>,
): Promise<{ readonly plan: ResolvedPlan; readonly compiled: CompiledGenesis }> {
  const plan = await loadPlan(argv, context);
  return { plan, compiled: await compileGenesis(plan, { network: argv.network }) };
}
