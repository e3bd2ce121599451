import { ToolkitError } from '../genesis/base/errors.js';
import { type CompiledGenesis, compileGenesis } from '../genesis/compile/compile-genesis.js';
import type { NetworkName } from '../genesis/compile/parsed-genesis.js';
import { type PredeployArtifacts, predeployNames } from '../genesis/compile/plan-predeploys.js';
import type { ResolvedPlan } from '../genesis/plan/resolved-plan.js';
import type { Context } from './context.js';
import { loadPlan, type PlanArguments } from './load-plan.js';

/**
 * Loads the plan that a command was asked for and compiles its genesis with the toolkit's own contracts.
 *
 * @throws ToolkitError `PLAN_…` or `GENESIS_…` (exit 2), `CONTRACTS_NOT_GENERATED`.
 */
export async function compilePlan(
  argv: PlanArguments & { readonly network?: NetworkName | undefined },
  context: Pick<Context, 'cwd' | 'packageRoot'>,
): Promise<{ readonly plan: ResolvedPlan; readonly compiled: CompiledGenesis }> {
  const plan = await loadPlan(argv, context);
  const artifacts = await loadPredeployArtifacts();
  return { plan, compiled: await compileGenesis(plan, { artifacts, network: argv.network }) };
}

/** The compiled contracts of `contracts/generated`, by the names that a genesis needs. */
async function loadPredeployArtifacts(): Promise<PredeployArtifacts> {
  // A plain string: generated files may be absent in a checkout in which the contracts change.
  const generated: string = '../contracts/generated/index.js';
  const exported = (await import(generated).catch(() => ({}))) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    predeployNames.map((name) => {
      const key = Object.keys(exported).find((one) => one.toLowerCase() === name.toLowerCase());
      const artifact =
        key === undefined ? undefined : (exported[key] as PredeployArtifacts[typeof name]);
      if (artifact?.creationCode === undefined) {
        throw new ToolkitError({
          code: 'CONTRACTS_NOT_GENERATED',
          message: `contracts/generated has no ${name}.`,
          next: 'Run node scripts/dev/generate-contracts.ts.',
        });
      }
      return [name, artifact];
    }),
  ) as unknown as PredeployArtifacts;
}
