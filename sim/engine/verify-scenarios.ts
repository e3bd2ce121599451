import { ToolkitError } from '../../genesis/base/errors.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import { Parameters } from '../model/parameters.js';
import type { Study } from './study.js';

/**
 * Tries every intervention of a study on the plan's numbers before anything runs, so that a wrong path is found at once
 * and not on its day.
 *
 * @throws ToolkitError `INTERVENTION_UNKNOWN` or `INTERVENTION_LATE` (exit 2).
 */
export function verifyScenarios(
  plan: ResolvedPlan,
  study: Pick<Study, 'days' | 'scenarios'>,
): void {
  for (const { id, interventions } of study.scenarios) {
    const parameters = new Parameters(plan.economy);
    for (const intervention of interventions) {
      parameters.apply(intervention);
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
