import type { Column } from '../report-input.js';
import { metricNames } from './metric-names.js';

/** One entry of the model's metric list. */
export interface ModelMetric {
  readonly name: string;
  /** Units that begin with `micro` are millionths of a token. */
  readonly unit: string;
}

/**
 * Daily columns of a run as the report reads them: token amounts in whole tokens, and the staking ratio, which is made
 * here when the model does not list it.
 *
 * @param columns As the model keeps them.
 * @param metrics The model's list; a column that it does not name is left out.
 */
export function reportColumns(
  columns: Readonly<Record<string, Column>>,
  metrics: readonly ModelMetric[],
): Readonly<Record<string, Column>> {
  const converted: Record<string, Column> = {};
  for (const { name, unit } of metrics) {
    const column = columns[name];
    if (column === undefined) continue;
    converted[name] = unit.startsWith('micro')
      ? Float64Array.from(column, (value) => value / 1e6)
      : column;
  }
  const staked = converted[metricNames.staked];
  const circulating = converted[metricNames.circulating];
  if (
    staked !== undefined &&
    circulating !== undefined &&
    converted[metricNames.stakingRatio] === undefined
  ) {
    converted[metricNames.stakingRatio] = Float64Array.from(staked, (value, day) =>
      circulating[day]! > 0 ? value / circulating[day]! : 0,
    );
  }
  return converted;
}
