import { formatCompact, formatShare, formatUsd } from '../../../reports/format/format-number.js';
import { summarizeFinals } from '../../../sim/analysis/summarize-finals.js';
import { metrics } from '../../../sim/model/metrics.js';
import { readRuns } from '../../../sim/store/read-runs.js';
import { formatTable } from '../../output.js';

const shown = [
  'priceUsd',
  'circulating',
  'burned',
  'staked',
  'walletsJoined',
  'walletsActive',
  'buyersActive',
  'nodesActive',
];

export interface StudySummary {
  readonly text: string;
  readonly rows: readonly {
    readonly scenario: string;
    readonly metric: string;
    readonly unit: string;
    readonly runs: number;
    readonly mean: number;
    readonly standardDeviation?: number | undefined;
    readonly p5: number;
    readonly p50: number;
    readonly p95: number;
  }[];
}

/** The last day of a study: mean, spread and quantiles over runs, by scenario. Token amounts in whole tokens. */
export async function studySummary(path: string): Promise<StudySummary> {
  const { scenarios, days } = await readRuns(path, shown);
  const rows = scenarios
    .filter(({ runs }) => runs.length > 0)
    .flatMap(({ id, runs }) =>
      shown.map((name) => {
        const unit = metrics.find((metric) => metric.name === name)!.unit;
        const divisor = unit === 'microtoken' ? 1e6 : 1;
        const finals = runs.map(({ columns }) => columns[name]![days - 1]! / divisor);
        return {
          scenario: id,
          metric: name,
          unit: unit === 'microtoken' ? 'token' : unit,
          ...summarizeFinals(finals),
        };
      }),
    );
  const write = (value: number | undefined, unit: string) =>
    value === undefined
      ? ''
      : unit === 'usd'
        ? formatUsd(value)
        : unit === 'ratio'
          ? formatShare(value)
          : formatCompact(value);
  const text = formatTable(
    ['scenario', `day ${days}`, 'runs', 'mean', 'deviation', '5 %', 'median', '95 %'],
    rows.map((row) => [
      row.scenario,
      row.metric,
      String(row.runs),
      ...[row.mean, row.standardDeviation, row.p5, row.p50, row.p95].map((value) =>
        write(value, row.unit),
      ),
    ]),
  );
  return { text, rows };
}
