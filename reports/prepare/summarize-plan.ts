import { toMicroDown, type Wei } from '../../genesis/base/amount.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { ResolvedGrant, ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import type { PlanGroup, PlanSummary, UnlockRow } from '../report-input.js';

export interface SummarizePlanParameters {
  readonly plan: ResolvedPlan;
  readonly hash: Hex;
  /** How many months of the schedule are drawn. */
  readonly months: number;
  /** The plan's own vesting formula: vested wei of a grant at `seconds` since the epoch, launch amount included. */
  readonly vestedAmount: (grant: ResolvedGrant, seconds: number) => bigint;
}

const MONTH_SECONDS = 2_628_000;

/** What a report shows of a plan: groups with exact amounts and sources, the schedule by month, the assumptions. */
export function summarizePlan(parameters: SummarizePlanParameters): PlanSummary {
  const { plan } = parameters;
  return {
    name: plan.name,
    title: plan.title,
    profile: plan.profile,
    overlays: plan.overlays,
    hash: parameters.hash,
    token: {
      name: plan.token.name,
      symbol: plan.token.symbol,
      supplyMicro: toMicroDown(plan.token.supply),
    },
    startSeconds: plan.chain.timestamp,
    groups: summarizeGroups(plan),
    unlocks: scheduleRows(parameters),
    assumptions: Object.entries(plan.provenance).map(([path, entry]) => ({
      path,
      value: String(entry.value),
      unit: entry.unit,
      source: entry.source,
      confidence: entry.confidence,
      assumed: entry.assumed,
    })),
  };
}

/** Floors to micro-tokens; what the floors of the groups lose against the floor of the supply goes to the largest group. */
function summarizeGroups(plan: ResolvedPlan): readonly PlanGroup[] {
  const amounts = plan.allocation.map((group) => toMicroDown(group.amount) as bigint);
  const lost = toMicroDown(plan.token.supply) - amounts.reduce((sum, value) => sum + value, 0n);
  const largest = amounts.reduce(
    (best, value, index) => (value > (amounts[best] ?? 0n) ? index : best),
    0,
  );
  return plan.allocation.map((group, index) => {
    const origin = plan.provenance[`allocation.${index}.share`] ?? findOrigin(plan, group.id);
    return {
      id: group.id,
      label: group.label,
      amountMicro: amounts[index]! + (index === largest ? lost : 0n),
      tgeMicro: toMicroDown(group.tgeAmount),
      mode: group.mode,
      lockSeconds: group.lockSeconds,
      linearSeconds: group.linearSeconds,
      source: origin?.source ?? 'no source stated',
      confidence: origin?.confidence ?? 'X',
      assumed: origin?.assumed ?? true,
    };
  });
}

function findOrigin(plan: ResolvedPlan, id: string) {
  const pattern = new RegExp(
    `^allocation\\b.*\\b${id.replace(/[^\w-]/g, '.')}\\b.*\\b(share|amount)$`,
  );
  return Object.entries(plan.provenance).find(([path]) => pattern.test(path))?.[1];
}

function scheduleRows(parameters: SummarizePlanParameters): readonly UnlockRow[] {
  const { plan, months, vestedAmount } = parameters;
  const rows: UnlockRow[] = [];
  for (let month = 0; month <= months; month += 1) {
    const seconds = plan.chain.timestamp + month * MONTH_SECONDS;
    for (const group of plan.allocation) {
      const liquid = group.liquid.reduce((sum, item) => sum + item.amount, 0n);
      const vested = group.grants.reduce((sum, grant) => sum + vestedAmount(grant, seconds), 0n);
      rows.push({
        month,
        group: group.id,
        unlockedMicro: toMicroDown((liquid + vested) as Wei),
      });
    }
  }
  return rows;
}
