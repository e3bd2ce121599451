import { ToolkitError } from '../../genesis/base/errors.js';
import type {
  BandBias,
  BandMetric,
  Bands,
  Column,
  FigureFormat,
  KeyFigure,
} from '../report-input.js';

export interface EnsembleRun {
  readonly run: number;
  /** Daily columns in the units of the small population. */
  readonly columns: Readonly<Record<string, Column>>;
}

export interface KeyFigureDefinition {
  readonly metric: string;
  readonly label: string;
  readonly format: FigureFormat;
  readonly threshold?: { readonly kind: 'below' | 'above'; readonly value: number } | undefined;
}

export interface SummarizeEnsembleParameters {
  readonly scenario: string;
  readonly runs: readonly EnsembleRun[];
  readonly wallets: number;
  /** Full population divided by this one. */
  readonly scale: number;
  readonly metrics: readonly string[];
  /** Metrics that grow with the population (token amounts, counts, dollar sums) and are multiplied by `scale`. */
  readonly extensive: readonly string[];
  readonly keyFigures: readonly KeyFigureDefinition[];
  /** Days of the key figures. */
  readonly horizons: readonly number[];
  /** One full-population run with the seed of `runs[0]`, from which the bias is measured. */
  readonly full?: Readonly<Record<string, Column>> | undefined;
}

/**
 * Quantiles per day over the runs of an ensemble, key figures with breach probabilities, and the bias of the small
 * population against one full run.
 *
 * @throws ToolkitError `REPORT_ENSEMBLE_INVALID` when there is no run, or runs differ in length or lack a metric.
 */
export function summarizeEnsemble(parameters: SummarizeEnsembleParameters): Bands {
  const { runs, metrics, horizons } = parameters;
  const days = runs[0]?.columns[metrics[0] ?? '']?.length ?? 0;
  verifyRuns(parameters, days);
  const extensive = new Set(parameters.extensive);
  const factor = (metric: string) => (extensive.has(metric) ? parameters.scale : 1);
  const sorted = (metric: string, day: number) =>
    runs.map((run) => run.columns[metric]![day - 1]! * factor(metric)).sort((a, b) => a - b);
  const summarized: Record<string, BandMetric> = {};
  for (const metric of metrics) {
    const band = levels.map(() => new Float64Array(days));
    for (let day = 1; day <= days; day += 1) {
      const values = sorted(metric, day);
      levels.forEach((level, index) => {
        band[index]![day - 1] = quantile(values, level);
      });
    }
    const [p5, p25, p50, p75, p95] = band;
    summarized[metric] = { p5: p5!, p25: p25!, p50: p50!, p75: p75!, p95: p95! };
  }
  const within = horizons.filter((day) => day <= days);
  const bias: BandBias[] = [];
  for (const day of parameters.full === undefined ? [] : [within.at(-1) ?? days]) {
    for (const metric of metrics) {
      const full = parameters.full?.[metric]?.[day - 1];
      if (full === undefined) continue;
      bias.push({ metric, day, full, small: runs[0]!.columns[metric]![day - 1]! * factor(metric) });
    }
  }
  return {
    scenario: parameters.scenario,
    runs: runs.length,
    wallets: parameters.wallets,
    scale: parameters.scale,
    days,
    metrics: summarized,
    samples: runs.slice(0, 3).map((run) => ({
      run: run.run,
      columns: Object.fromEntries(
        metrics.map((metric) => [
          metric,
          Float64Array.from(run.columns[metric]!, (value) => value * factor(metric)),
        ]),
      ),
    })),
    keyFigures: parameters.keyFigures.map(
      (figure): KeyFigure => ({
        ...figure,
        horizons: within.map((day) => {
          const values = sorted(figure.metric, day);
          const { threshold } = figure;
          const breach =
            threshold === undefined
              ? undefined
              : values.filter((value) =>
                  threshold.kind === 'below' ? value < threshold.value : value > threshold.value,
                ).length / values.length;
          return {
            day,
            p5: quantile(values, 0.05),
            p50: quantile(values, 0.5),
            p95: quantile(values, 0.95),
            breach,
          };
        }),
      }),
    ),
    bias,
  };
}

const levels = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/**
 * Quantile of sorted values by linear interpolation between order statistics (Hyndman and Fan, type 7).
 *
 * @example quantile([1, 2, 3, 4], 0.5) // 2.5
 */
export function quantile(sorted: readonly number[], level: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = (sorted.length - 1) * level;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}

function verifyRuns(parameters: SummarizeEnsembleParameters, days: number): void {
  const needed = [...parameters.metrics, ...parameters.keyFigures.map((figure) => figure.metric)];
  const problem =
    parameters.runs.length === 0
      ? 'it has no runs'
      : parameters.runs
          .flatMap((run) =>
            needed
              .filter((metric) => run.columns[metric]?.length !== days)
              .map(
                (metric) =>
                  `run ${run.run} has ${run.columns[metric]?.length ?? 'no'} days of "${metric}" instead of ${days}`,
              ),
          )
          .at(0);
  if (problem !== undefined) {
    throw new ToolkitError({
      code: 'REPORT_ENSEMBLE_INVALID',
      message: `The ensemble cannot be summarised: ${problem}.`,
      allowed: 'at least one run, all with the same metrics and days',
      exitCode: 2,
    });
  }
}
