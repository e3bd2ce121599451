import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { hashPlan } from '../../../genesis/plan/resolve-plan.js';
import type { ResolvedPlan } from '../../../genesis/plan/resolved-plan.js';
import { masaHistory } from '../../../reports/history/masa-history.js';
import { summarizePlan } from '../../../reports/prepare/summarize-plan.js';
import type { ReportInput, RunManifest } from '../../../reports/report-input.js';
import type { Context } from '../../context.js';

export interface PlanReportInputParameters {
  readonly plan: ResolvedPlan;
  readonly title?: string | undefined;
  /** Milliseconds since the epoch at which the command began. */
  readonly started: number;
  readonly context: Context;
}

const SCHEDULE_MONTHS = 60;

/** The input of a report of a plan alone: no run, no chain. */
export function planReportInput(parameters: PlanReportInputParameters): ReportInput {
  const { plan, context } = parameters;
  const summary = summarizePlan({ plan, hash: hashPlan(plan), months: scheduleMonths(plan) });
  const allocated = summary.groups.reduce((sum, group) => sum + group.amountMicro, 0n);
  return {
    title: parameters.title ?? `${plan.title}: the economy of the plan`,
    plan: summary,
    paths: [],
    supply: {
      genesisMicro: summary.token.supplyMicro,
      mintedMicro: 0n,
      balancesMicro: allocated,
      burnedMicro: 0n,
      checkedSteps: 0,
    },
    history: plan.name === 'masa' ? masaHistory : [],
    manifest: describeRun(parameters, context),
    model: { pricingRule: '', exogenous: [] },
  };
}

/** Until everything is unlocked, at most five years. */
function scheduleMonths(plan: ResolvedPlan): number {
  const ends = plan.allocation.flatMap((group) =>
    group.grants.map(
      (grant) =>
        grant.start -
        plan.chain.timestamp +
        (grant.mode === 'cliff'
          ? Math.max(grant.lockSeconds, grant.linearSeconds)
          : grant.lockSeconds + grant.linearSeconds),
    ),
  );
  const last = Math.ceil(Math.max(0, ...ends) / 2_628_000);
  return Math.min(SCHEDULE_MONTHS, Math.max(12, last));
}

function describeRun(parameters: PlanReportInputParameters, context: Context): RunManifest {
  const { version } = JSON.parse(
    readFileSync(join(context.packageRoot, 'package.json'), 'utf8'),
  ) as { version: string };
  const { plan } = parameters;
  return {
    command: 'masa report build',
    createdAt: new Date(parameters.started).toISOString(),
    seed: 'none',
    days: 0,
    wallets: 0,
    wallSeconds: (context.now() - parameters.started) / 1000,
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    versions: { toolkit: version, node: process.version },
    hashes: [{ name: 'plan', value: hashPlan(plan) }],
    settings: [
      { name: 'profile', value: plan.profile },
      { name: 'overlays', value: plan.overlays.join(', ') || 'none' },
    ],
  };
}
