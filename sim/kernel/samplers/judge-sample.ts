import { pow } from '../real-functions.js';

/** A law with bins `(edge before, edge]`, the first and the last one open, as `fixtures/laws.json` holds it. */
export interface Law {
  readonly sampler: string;
  readonly args: readonly number[];
  readonly mean: number;
  readonly variance: number;
  readonly excessKurtosis: number;
  readonly edges: readonly number[];
  readonly probabilities: readonly number[];
}

/** Each is a standard normal number if the sampler is right: deviations of mean, variance and bin counts. */
export interface Judgement {
  readonly mean: number;
  readonly variance: number;
  readonly chiSquare: number;
}

/** Compares draws with the law that they should follow. */
export function judgeSample(law: Law, draws: ArrayLike<number>): Judgement {
  const { mean, variance, excessKurtosis, edges, probabilities } = law;
  const counts = new Float64Array(probabilities.length);
  let first = 0;
  let second = 0;
  for (let at = 0; at < draws.length; at += 1) {
    const difference = draws[at]! - mean;
    first += difference;
    second += difference * difference;
    counts[findBin(edges, draws[at]!)]! += 1;
  }
  const size = draws.length;
  // Var (X - mean)² = variance² (excess kurtosis + 2), which is 0 for a fair coin.
  const spread = variance * Math.sqrt(Math.max(0, excessKurtosis + 2) / size);
  const deviation = second / size - variance;
  let statistic = 0;
  for (const [bin, probability] of probabilities.entries()) {
    const expected = size * probability;
    const difference = counts[bin]! - expected;
    statistic += (difference * difference) / expected;
  }
  return {
    mean: first / size / Math.sqrt(variance / size),
    variance: Math.abs(deviation) < 1e-12 * variance ? 0 : deviation / spread,
    chiSquare: normalScore(statistic, probabilities.length - 1),
  };
}

/** Wilson and Hilferty's cube root: a chi-square statistic as a standard normal number. */
export function normalScore(statistic: number, freedom: number): number {
  const part = 2 / (9 * freedom);
  return (pow(statistic / freedom, 1 / 3) - 1 + part) / Math.sqrt(part);
}

function findBin(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
