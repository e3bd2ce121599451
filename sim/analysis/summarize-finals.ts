import { create, meanDependencies, quantileSeqDependencies, stdDependencies } from 'mathjs';

/** The one mathjs of the project, with the functions that are used. */
const math = create({
  meanDependencies: meanDependencies!,
  quantileSeqDependencies: quantileSeqDependencies!,
  stdDependencies: stdDependencies!,
});

export interface FinalsSummary {
  readonly runs: number;
  readonly mean: number;
  /** Of the sample (n - 1); missing for a single run. */
  readonly standardDeviation?: number | undefined;
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
}

/**
 * Summary of one figure over runs.
 *
 * @param values One value per run, at least one.
 * @example summarizeFinals([1, 2, 3]).mean // 2
 */
export function summarizeFinals(values: readonly number[]): FinalsSummary {
  const data = [...values];
  const quantile = (level: number) => Number(math.quantileSeq(data, level));
  return {
    runs: data.length,
    mean: Number(math.mean(data)),
    ...(data.length > 1 && { standardDeviation: Number(math.std(data, 'unbiased')) }),
    p5: quantile(0.05),
    p50: quantile(0.5),
    p95: quantile(0.95),
  };
}
