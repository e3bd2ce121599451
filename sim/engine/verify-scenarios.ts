import { ToolkitError } from '../../genesis/base/errors.js';
import { economySchema } from '../../genesis/plan/economy-schema.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import { Parameters } from '../model/parameters.js';
import type { Intervention } from './intervention.js';
import type { Study } from './study.js';

/**
 * Tries every intervention of a study on the plan's numbers before anything runs, so that a wrong path is found at once
 * and not on its day.
 *
 * @throws ToolkitError (exit 2) `INTERVENTION_UNKNOWN`, `INTERVENTION_FIXED`, `INTERVENTION_RANGE` or `INTERVENTION_LATE`.
 */
export function verifyScenarios(
  plan: ResolvedPlan,
  study: Pick<Study, 'days' | 'scenarios'>,
): void {
  for (const { id, interventions } of study.scenarios) {
    const parameters = new Parameters(plan.economy);
    for (const intervention of interventions) {
      parameters.apply(intervention);
      verifyRange(plan, parameters, intervention, id);
      if (intervention.day > study.days) {
        throw new ToolkitError({
          code: 'INTERVENTION_LATE',
          message: `Day ${intervention.day} of "${intervention.path}" is after the last day, ${study.days}.`,
          where: `scenario ${id}`,
          allowed: `1 to ${study.days}`,
          next: 'Give more --days or an earlier day.',
          exitCode: 2,
        });
      }
    }
  }
}

/** The number as it stands after an intervention must be one that a plan may have. */
function verifyRange(
  plan: ResolvedPlan,
  parameters: Parameters,
  { day, path }: Intervention,
  scenario: string,
): void {
  const number = parameters.of(path);
  const refuse = (allowed: string): never => {
    throw new ToolkitError({
      code: 'INTERVENTION_RANGE',
      message: `From day ${day} "${path}" would be ${number}.`,
      where: `scenario ${scenario}, intervention on day ${day}`,
      allowed,
      exitCode: 2,
    });
  };
  if (path.startsWith('shock.')) {
    if (!(number > 0 && number < 1e6)) refuse('a factor above 0 and below 1,000,000');
    return;
  }
  const economy = structuredClone(plan.economy) as unknown as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop()!;
  let node = economy;
  for (const name of names) node = node[name] as Record<string, unknown>;
  const before = node[last];
  node[last] =
    typeof before === 'string' ? String(number) : typeof before === 'boolean' ? number > 0 : number;
  const result = economySchema.safeParse(economy);
  if (!result.success) refuse(result.error.issues.map(({ message }) => message).join('; '));
}
