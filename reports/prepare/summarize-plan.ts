import { toMicroDown } from '../../genesis/base/amount.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { Provenance, ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import { unlockedSupply } from '../../genesis/plan/unlocked-supply.js';
import type { PlanGroup, PlanSummary, UnlockRow } from '../report-input.js';

export interface SummarizePlanParameters {
  readonly plan: ResolvedPlan;
  readonly hash: Hex;
  /** How many months of the schedule are drawn. */
  readonly months: number;
}

const MONTH_SECONDS = 2_628_000;

/** What a report shows of a plan: groups with exact amounts and sources, the schedule by month, the assumptions. */
export function summarizePlan({ plan, hash, months }: SummarizePlanParameters): PlanSummary {
  return {
    name: plan.name,
    title: plan.title,
    profile: plan.profile,
    overlays: plan.overlays,
    hash,
    token: {
      name: plan.token.name,
      symbol: plan.token.symbol,
      supplyMicro: toMicroDown(plan.token.supply),
    },
    startSeconds: plan.chain.timestamp,
    groups: summarizeGroups(plan),
    unlocks: scheduleRows(plan, months),
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
    const origin = findOrigin(plan, group.id);
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

/** The leaf that fixes the amount of a group: a percentage, tokens, or the remainder. */
function findOrigin(plan: ResolvedPlan, id: string): Provenance | undefined {
  const prefix = `allocation.${id}.amount`;
  return Object.entries(plan.provenance).find(
    ([path]) => path === prefix || path.startsWith(`${prefix}.`),
  )?.[1];
}

function scheduleRows(plan: ResolvedPlan, months: number): readonly UnlockRow[] {
  const rows: UnlockRow[] = [];
  for (let month = 0; month <= months; month += 1) {
    const { groups } = unlockedSupply(plan, month * MONTH_SECONDS);
    for (const [group, amount] of Object.entries(groups)) {
      rows.push({ month, group, unlockedMicro: toMicroDown(amount) });
    }
  }
  return rows;
}
