import { ToolkitError } from '../../../genesis/base/errors.js';
import {
  assembleReportInput,
  type StudyOutcome,
} from '../../../reports/prepare/assemble-report-input.js';
import { metricNames } from '../../../reports/prepare/metric-names.js';
import { reportColumns } from '../../../reports/prepare/report-columns.js';
import { summarizeFlows } from '../../../reports/prepare/summarize-flows.js';
import type { ReportInput } from '../../../reports/report-input.js';
import { sectorOf } from '../../../sim/analysis/flow-matrix.js';
import { metrics } from '../../../sim/model/metrics.js';
import { readRuns, type StudyRuns } from '../../../sim/store/read-runs.js';
import { readSessions } from '../../../sim/store/read-sessions.js';
import { readStoredPlan } from '../../../sim/store/stored-plan.js';
import type { RunFigures } from '../../../sim/workers/run-worker.js';
import type { Context } from '../../context.js';
import { planReportInput } from './plan-report-input.js';

export interface RunReportInputParameters {
  /** One or two folders; the larger population becomes paths, the smaller one bands. */
  readonly folders: readonly string[];
  readonly title?: string | undefined;
  /** Milliseconds since the epoch at which the command began. */
  readonly started: number;
  readonly context: Context;
}

const DAYS_PER_MONTH = 365 / 12;

/** Columns that bands and comparisons need; an ensemble is read without the others. */
const ensembleColumns = [
  ...new Set<string>(Object.values(metricNames).filter((name) => name !== 'stakingRatio')),
];

/**
 * The input of a report from stored studies.
 *
 * @throws ToolkitError `STUDY_…`, `REPORT_STUDIES_DIFFER` (exit 2).
 */
export async function runReportInput(parameters: RunReportInputParameters): Promise<ReportInput> {
  const { folders, context, started } = parameters;
  const studies: StudyRuns[] = [];
  for (const folder of folders) studies.push(await readRuns(folder, ensembleColumns));
  studies.sort((a, b) => a.scale - b.scale);
  const [large, other] = studies;
  if (large === undefined || studies.length > 2) {
    throw new ToolkitError({
      code: 'USAGE',
      message: `${studies.length} studies make no report.`,
      allowed: '--run once or twice: full population, smaller population',
      exitCode: 2,
    });
  }
  if (other !== undefined) refuseDifferent(large, other);
  const path = large.folder.path;
  const plan = readStoredPlan(path);
  const full = await readRuns(path);
  // A study of several runs gives its own bands.
  const small = other ?? ((large.scenarios[0]?.runs.length ?? 0) > 1 ? large : undefined);
  const initial = plan.economy?.population.initialWallets ?? 0;
  const base = planReportInput({ plan, title: parameters.title, started, context });
  const { shards, study, hash } = full.folder;
  const summary = full.folder.readSummary(shards[0]!);
  const { finals, flows, retention, counters } = summary.figures as RunFigures;
  const amounts = (row: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, BigInt(value)]));
  const { genesis = {}, ...daily } = flows;
  const opening = amounts(genesis);
  opening.others = (opening.others ?? 0n) + base.plan.token.supplyMicro;
  const { flows: matrix, balanceSheets } = summarizeFlows({
    label: full.scenarios[0]!.label,
    flows: Object.fromEntries(Object.entries(daily).map(([name, row]) => [name, amounts(row)])),
    balances: [
      { label: 'genesis', day: 0, accounts: opening },
      { label: `day ${study.days}`, day: study.days, accounts: amounts(finals) },
    ],
    sectorOf,
  });
  const settings = [
    { name: 'runs at the full population', value: `${study.runs}, 1:${study.scale}` },
    ...(small === undefined
      ? []
      : [
          {
            name: 'runs of the bands',
            value: `${small.folder.study.runs} per scenario, 1:${small.scale}`,
          },
        ]),
    { name: 'scenarios', value: study.scenarios.map(({ id }) => id).join(', ') },
  ];
  return assembleReportInput({
    title: base.title,
    plan: base.plan,
    full: outcome(full, initial),
    small: small === undefined ? undefined : outcome(small, initial),
    flows: matrix,
    balanceSheets,
    supply: {
      genesisMicro: base.plan.token.supplyMicro,
      mintedMicro: 0n,
      balancesMicro: Object.values(finals).reduce((sum, value) => sum + BigInt(value), 0n),
      burnedMicro: BigInt(finals.blackhole ?? '0'),
      checkedSteps: counters.checkedDays ?? 0,
    },
    history: base.history,
    retention: retention.map(({ joinedFrom, day, wallets, active }) => ({
      cohort:
        joinedFrom === 0
          ? 'wallets of the launch'
          : `joined in year ${1 + Math.floor(joinedFrom / 365)}`,
      month: (day - joinedFrom) / DAYS_PER_MONTH,
      share: active / wallets,
    })),
    manifest: {
      ...base.manifest,
      command: `masa report build ${folders.map((folder) => `--run ${folder}`).join(' ')}`,
      seed: String(study.seed),
      days: study.days,
      wallets: initial,
      wallSeconds: folders
        .flatMap((folder) => readSessions(folder))
        .reduce((sum, { seconds }) => sum + seconds, 0),
      hashes: [
        ...base.manifest.hashes,
        { name: 'model', value: study.modelHash },
        { name: 'study', value: hash },
        ...(other === undefined ? [] : [{ name: 'study of the bands', value: other.folder.hash }]),
        { name: 'outcome of run 0', value: summary.outcomeHash },
      ],
      settings: [...base.manifest.settings, ...settings],
    },
    model: {
      pricingRule:
        'All orders of a day meet in one batch at the uniform price (dollars on quote plus bids) over (tokens on quote plus offers); the net flow pays a fee. Outside news moves the quotes of all venues.',
      exogenous: [
        'daily news: a random walk of the logarithm of the price with jumps and a small negative drift',
        'the dollars that speculators start with, and the revenue multiple they believe in',
        'the money that buyers of data bring',
        'the share of wallets active at the start',
      ],
    },
  });
}

/** The runs as the report reads them. Every amount is of the full population already, whatever the scale. */
function outcome(runs: StudyRuns, initialWallets: number): StudyOutcome {
  return {
    days: runs.days,
    scale: runs.scale,
    wallets: Math.round(initialWallets / runs.scale),
    scenarios: runs.scenarios.map((scenario) => ({
      ...scenario,
      runs: scenario.runs.map(({ run, columns }) => ({
        run,
        columns: reportColumns(columns, metrics),
      })),
    })),
  };
}

function refuseDifferent(large: StudyRuns, small: StudyRuns): void {
  for (const key of ['planHash', 'modelHash', 'days', 'seed'] as const) {
    const [left, right] = [large.folder.study[key], small.folder.study[key]];
    if (left === right) continue;
    throw new ToolkitError({
      code: 'REPORT_STUDIES_DIFFER',
      message: `The studies differ in ${key}: ${left} and ${right}.`,
      where: `${large.folder.path}, ${small.folder.path}`,
      next: 'Run both with the same plan, toolkit, --days and --seed.',
      exitCode: 2,
    });
  }
}
