import { Stream } from '../kernel/stream.js';

/** How two samples of result rows differ. */
export interface LawComparison {
  /** By statistic: difference of means relative to the second, its 95 % half-width, z, p of z, KS distance and its p. */
  readonly byStatistic: Readonly<
    Record<
      string,
      {
        readonly difference: number;
        readonly halfWidth: number;
        readonly z: number;
        readonly pMean: number;
        readonly distance: number;
        readonly pDistance: number;
      }
    >
  >;
  /** Smallest p of all means and distances after Holm's correction. */
  readonly holm: number;
  /** Hotelling's T² of all means together, covariances included, and its p by permutation of the rows. */
  readonly hotelling: { readonly t2: number; readonly p: number };
  /** The laws differ at this level, by either joint test. */
  readonly differs: boolean;
}

const PERMUTATIONS = 4000;

/**
 * Judges whether two samples of rows come from one law. Means and distributions of each statistic are compared with
 * Holm's correction, all means together with Hotelling's T²; either rejects at half of `level`. Every p is that of
 * 4,000 random permutations of the rows, so no law of the statistics is assumed; the permutations are fixed.
 */
export function compareLaws(
  names: readonly string[],
  first: readonly (readonly number[])[],
  second: readonly (readonly number[])[],
  level = 0.01,
): LawComparison {
  const rows = [...first, ...second];
  const size = first.length;
  const order = rows.map((_, at) => at);
  const sorted = names.map((_, column) =>
    [...order].sort((a, b) => rows[a]![column]! - rows[b]![column]!),
  );
  const measure = () => {
    const left = new Uint8Array(rows.length);
    for (let at = 0; at < size; at += 1) left[order[at]!] = 1;
    const differences = meansOf(rows, left, size);
    const covariance = covarianceOf(rows, left, size, differences);
    return {
      differences: differences.map(([a, b]) => a - b),
      errors: covariance.map((row, at) => Math.sqrt(row[at]!)),
      distances: sorted.map((list) => distanceOf(list, left, size)),
      t2: quadraticForm(
        covariance,
        differences.map(([a, b]) => a - b),
      ),
    };
  };
  const seen = measure();
  const base = names.map((_, at) => second.reduce((sum, row) => sum + row[at]!, 0) / second.length);
  const more = { mean: names.map(() => 1), distance: names.map(() => 1), t2: 1 };
  const stream = new Stream([0x7065726d, 0x75746521], 0, 0);
  for (let round = 1; round < PERMUTATIONS; round += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = Math.floor(stream.uniform() * (at + 1));
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    const now = measure();
    for (const at of names.keys()) {
      const [z, limit] = [
        now.differences[at]! / now.errors[at]!,
        seen.differences[at]! / seen.errors[at]!,
      ];
      if (Math.abs(z) >= Math.abs(limit)) more.mean[at]! += 1;
      if (now.distances[at]! >= seen.distances[at]!) more.distance[at]! += 1;
    }
    if (now.t2 >= seen.t2) more.t2 += 1;
  }
  const byStatistic = Object.fromEntries(
    names.map((name, at) => [
      name,
      {
        difference: seen.differences[at]! / base[at]!,
        halfWidth: (1.96 * seen.errors[at]!) / base[at]!,
        z: seen.differences[at]! / seen.errors[at]!,
        pMean: more.mean[at]! / PERMUTATIONS,
        distance: seen.distances[at]!,
        pDistance: more.distance[at]! / PERMUTATIONS,
      },
    ]),
  );
  const smallest = Math.min(
    ...Object.values(byStatistic).flatMap(({ pMean, pDistance }) => [pMean, pDistance]),
  );
  const holm = Math.min(1, smallest * 2 * names.length);
  const p = more.t2 / PERMUTATIONS;
  return {
    byStatistic,
    holm,
    hotelling: { t2: seen.t2, p },
    differs: Math.min(holm, p) < level / 2,
  };
}

/** Means of both samples, by statistic. */
function meansOf(
  rows: readonly (readonly number[])[],
  left: Uint8Array,
  size: number,
): (readonly [number, number])[] {
  return rows[0]!.map((_, column) => {
    const sums = [0, 0];
    for (const [at, row] of rows.entries()) sums[left[at]!]! += row[column]!;
    return [sums[1]! / size, sums[0]! / (rows.length - size)] as const;
  });
}

/** Covariance of the difference of means. */
function covarianceOf(
  rows: readonly (readonly number[])[],
  left: Uint8Array,
  size: number,
  means: readonly (readonly [number, number])[],
): number[][] {
  const rest = rows.length - size;
  return means.map((one, a) =>
    means.map((two, b) => {
      const sums = [0, 0];
      for (const [at, row] of rows.entries()) {
        const side = left[at]! === 1 ? 0 : 1;
        sums[side]! += (row[a]! - one[side]!) * (row[b]! - two[side]!);
      }
      return sums[0]! / (size - 1) / size + sums[1]! / (rest - 1) / rest;
    }),
  );
}

/** Largest distance of the two distribution functions. */
function distanceOf(sorted: readonly number[], left: Uint8Array, size: number): number {
  let height = 0;
  let most = 0;
  for (const at of sorted) {
    height += left[at] === 1 ? 1 / size : -1 / (sorted.length - size);
    most = Math.max(most, Math.abs(height));
  }
  return most;
}

/** d' C^-1 d, by elimination with scaled rows. */
function quadraticForm(covariance: readonly (readonly number[])[], d: readonly number[]): number {
  const scale = covariance.map((row, at) => Math.sqrt(row[at]!));
  const size = d.length;
  const matrix = covariance.map((row, a) => [
    ...row.map((value, b) => value / scale[a]! / scale[b]!),
    d[a]! / scale[a]!,
  ]);
  const right = d.map((value, at) => value / scale[at]!);
  for (let pivot = 0; pivot < size; pivot += 1)
    for (let row = pivot + 1; row < size; row += 1) {
      const factor = matrix[row]![pivot]! / matrix[pivot]![pivot]!;
      for (let column = pivot; column <= size; column += 1)
        matrix[row]![column]! -= factor * matrix[pivot]![column]!;
    }
  let sum = 0;
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row -= 1) {
    let value = matrix[row]![size]!;
    for (let column = row + 1; column < size; column += 1)
      value -= matrix[row]![column]! * solution[column]!;
    solution[row] = value / matrix[row]![row]!;
    sum += solution[row]! * right[row]!;
  }
  return sum;
}
