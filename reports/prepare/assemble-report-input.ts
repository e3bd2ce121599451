import type {
  AuditSummary,
  BalanceSheet,
  Bands,
  ChainFacts,
  Column,
  ComparisonRow,
  FlowMatrix,
  HistoryFact,
  ModelNotes,
  PlanSummary,
  ReportInput,
  RetentionPoint,
  RunManifest,
  ScenarioComparison,
  ScenarioPath,
  SupplyIdentity,
} from '../report-input.js';
import { comparePaired } from './compare-paired.js';
import { metricFormats, metricNames } from './metric-names.js';
import { type KeyFigureDefinition, summarizeEnsemble } from './summarize-ensemble.js';

/** The runs of one study, in memory; the first scenario is the baseline and runs are paired by their number. */
export interface StudyOutcome {
  readonly days: number;
  /** One wallet of these runs stands for this many; 1 is the full population. */
  readonly scale: number;
  readonly wallets: number;
  readonly scenarios: readonly {
    readonly id: string;
    readonly label: string;
    readonly what: string;
    readonly runs: readonly {
      readonly run: number;
      /** Daily columns as `reportColumns` makes them. */
      readonly columns: Readonly<Record<string, Column>>;
    }[];
  }[];
}

export interface AssembleReportInputParameters {
  readonly title: string;
  readonly plan: PlanSummary;
  readonly full: StudyOutcome;
  readonly small?: StudyOutcome | undefined;
  readonly flows?: FlowMatrix | undefined;
  readonly balanceSheets?: readonly BalanceSheet[] | undefined;
  readonly supply: SupplyIdentity;
  readonly chain?: ChainFacts | undefined;
  readonly audit?: AuditSummary | undefined;
  readonly history?: readonly HistoryFact[] | undefined;
  readonly retention?: readonly RetentionPoint[] | undefined;
  readonly manifest: RunManifest;
  readonly model: ModelNotes;
}

const BAND_METRICS = [
  metricNames.stakedHolders,
  metricNames.price,
  metricNames.circulating,
  metricNames.burned,
  metricNames.stakingRatio,
  metricNames.active,
  metricNames.wallets,
  metricNames.buyers,
];
const COMPARED = [
  metricNames.price,
  metricNames.burned,
  metricNames.stakingRatio,
  metricNames.active,
  metricNames.buyers,
];
const HORIZONS = [365, 730, 1460, 1825];
const LEVEL = 0.9;

/**
 * A report's input from the runs of one or two studies: run 0 of each full-population scenario becomes a path, the small
 * population gives bands, key figures, bias and paired differences.
 */
export function assembleReportInput(parameters: AssembleReportInputParameters): ReportInput {
  const { full, small, history } = parameters;
  const paths = full.scenarios.flatMap((scenario): ScenarioPath[] => {
    const first = scenario.runs[0];
    if (first === undefined) return [];
    const { id, label, what } = scenario;
    return [{ id, label, what, days: full.days, wallets: full.wallets, ...first }];
  });
  const bands = small === undefined ? undefined : assembleBands(small, paths[0]);
  return {
    title: parameters.title,
    plan: parameters.plan,
    paths,
    bands,
    comparison: small === undefined ? undefined : compareScenarios(small),
    flows: parameters.flows,
    balanceSheets: parameters.balanceSheets,
    supply: parameters.supply,
    chain: parameters.chain,
    audit: parameters.audit,
    history: history?.filter((fact) => fact.day <= full.days),
    retention: parameters.retention,
    manifest: parameters.manifest,
    model: parameters.model,
  };
}

function assembleBands(
  small: StudyOutcome,
  reference: ScenarioPath | undefined,
): Bands | undefined {
  const baseline = small.scenarios[0];
  if (baseline === undefined || baseline.runs.length < 2) return undefined;
  return summarizeEnsemble({
    scenario: baseline.label,
    runs: baseline.runs,
    wallets: small.wallets,
    scale: small.scale,
    metrics: BAND_METRICS,
    extensive: [],
    keyFigures: keyFigureDefinitions(baseline.runs[0]!.columns),
    horizons: HORIZONS.filter((day) => day < small.days).concat(small.days),
    full: reference?.columns,
  });
}

/** Thresholds are relative to the launch, so that they suit any plan. */
function keyFigureDefinitions(
  first: Readonly<Record<string, Column>>,
): readonly KeyFigureDefinition[] {
  const below = (metric: string, share: number): KeyFigureDefinition['threshold'] => {
    const launch = first[metric]?.[0];
    return launch === undefined || launch <= 0
      ? undefined
      : { kind: 'below', value: Number((launch * share).toPrecision(2)) };
  };
  const define = (metric: string, threshold?: KeyFigureDefinition['threshold']) => ({
    metric,
    ...(metricFormats[metric] ?? { label: metric, format: 'count' as const }),
    threshold,
  });
  return [
    define(metricNames.price, below(metricNames.price, 0.1)),
    define(metricNames.circulating),
    define(metricNames.burned),
    define(metricNames.stakingRatio),
    define(metricNames.active, below(metricNames.active, 0.5)),
    define(metricNames.buyers, below(metricNames.buyers, 0.5)),
  ];
}

function compareScenarios(small: StudyOutcome): ScenarioComparison | undefined {
  const [baseline, ...others] = small.scenarios;
  if (baseline === undefined || others.length === 0 || baseline.runs.length < 2) return undefined;
  const end = (runs: typeof baseline.runs, metric: string) =>
    runs.map((run) => run.columns[metric]?.[small.days - 1] ?? Number.NaN);
  const rows = others.flatMap((scenario) =>
    COMPARED.map((metric): ComparisonRow => {
      const paired = baseline.runs.filter((run) =>
        scenario.runs.some((other) => other.run === run.run),
      );
      const matching = paired.map((run) => scenario.runs.find((other) => other.run === run.run)!);
      const { label, format } = metricFormats[metric] ?? { label: metric, format: 'count' };
      return {
        scenario: scenario.id,
        scenarioLabel: scenario.label,
        metric,
        metricLabel: label,
        format,
        ...comparePaired(end(paired, metric), end(matching, metric), LEVEL),
      };
    }),
  );
  return {
    baseline: baseline.label,
    runs: baseline.runs.length,
    wallets: small.wallets,
    level: LEVEL,
    day: small.days,
    rows,
  };
}
