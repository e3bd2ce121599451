import type { Column } from '../report-input.js';
import { roundSignificant } from './round-significant.js';

/** How days are put together: a stock keeps its last value, a flow is added up, a rate is averaged. */
export type Aggregation = 'last' | 'sum' | 'mean';

export interface SummarizedSeries {
  /** End of each bin in months since the start; a stock's value holds at that moment. */
  readonly months: readonly number[];
  readonly days: readonly number[];
  readonly values: readonly number[];
}

/** Days of a month as everywhere in the plan: 2,628,000 s. */
export const DAYS_PER_MONTH = 2_628_000 / 86_400;

/** Months that a chart must be wide to show so many days, at least 1. @example wholeMonths(1460) // 48 */
export function wholeMonths(days: number): number {
  return Math.max(1, Math.ceil(days / DAYS_PER_MONTH - 0.01));
}

/**
 * Reduces a daily column to at most `points` bins of equal width before it is drawn (the last bin may be shorter).
 *
 * @param column Value of day 1 first.
 * @param aggregation See `Aggregation`.
 * @param points Upper bound on the number of bins, at least 1.
 * @example summarizeDaily([1, 2, 3, 4], 'sum', 2).values // [3, 7]
 */
export function summarizeDaily(
  column: Column,
  aggregation: Aggregation,
  points = 150,
): SummarizedSeries {
  const width = Math.max(1, Math.ceil(column.length / Math.max(1, points)));
  const edges: number[] = [];
  for (let end = width; end < column.length; end += width) edges.push(end);
  if (column.length > 0) edges.push(column.length);
  return summarizeAt(column, aggregation, edges);
}

/**
 * Reduces a daily column to calendar-free months of 30.42 days, for bars per month.
 *
 * @example summarizeMonthly(new Array(365).fill(1), 'sum').values // twelve numbers of 30 or 31
 */
export function summarizeMonthly(column: Column, aggregation: Aggregation): SummarizedSeries {
  const edges: number[] = [];
  for (let month = 1; Math.round(month * DAYS_PER_MONTH) <= column.length; month += 1) {
    edges.push(Math.round(month * DAYS_PER_MONTH));
  }
  return summarizeAt(column, aggregation, edges);
}

function summarizeAt(
  column: Column,
  aggregation: Aggregation,
  edges: readonly number[],
): SummarizedSeries {
  const values: number[] = [];
  let start = 0;
  for (const end of edges) {
    let sum = 0;
    for (let day = start; day < end; day += 1) sum += column[day]!;
    const value =
      aggregation === 'last' ? column[end - 1]! : aggregation === 'sum' ? sum : sum / (end - start);
    values.push(roundSignificant(value, 9));
    start = end;
  }
  return {
    days: edges,
    months: edges.map((day) => roundSignificant(day / DAYS_PER_MONTH, 5)),
    values,
  };
}
