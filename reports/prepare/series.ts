import { ToolkitError } from '../../genesis/base/errors.js';
import { roundSignificant } from '../charts/round-significant.js';
import { type Aggregation, summarizeDaily, summarizeMonthly } from '../charts/summarize-daily.js';
import type { Column, ScenarioPath } from '../report-input.js';

/**
 * A daily column of a run.
 *
 * @throws ToolkitError `REPORT_COLUMN_MISSING` naming the columns that the run has.
 */
export function getColumn(path: ScenarioPath, name: string): Column {
  const column = path.columns[name];
  if (column === undefined) {
    throw new ToolkitError({
      code: 'REPORT_COLUMN_MISSING',
      message: `The run "${path.id}" has no column "${name}".`,
      allowed: Object.keys(path.columns).sort().join(', '),
      next: 'Run the simulation again with this version.',
      exitCode: 2,
    });
  }
  return column;
}

/** Sum of several columns day by day. */
export function sumColumns(path: ScenarioPath, names: readonly string[]): Float64Array {
  const sum = new Float64Array(path.days);
  for (const name of names) {
    const column = getColumn(path, name);
    for (let day = 0; day < path.days; day += 1) sum[day]! += column[day]!;
  }
  return sum;
}

export interface Point {
  readonly month: number;
  readonly value: number;
}

/** At most `points` drawn points of a daily column. */
export function drawnPoints(column: Column, aggregation: Aggregation, points = 150): Point[] {
  const { months, values } = summarizeDaily(column, aggregation, points);
  return months.map((month, index) => ({ month, value: roundSignificant(values[index]!) }));
}

/** One value per whole month. */
export function monthlyPoints(column: Column, aggregation: Aggregation): Point[] {
  const { values } = summarizeMonthly(column, aggregation);
  return values.map((value, index) => ({ month: index + 1, value: roundSignificant(value, 9) }));
}
