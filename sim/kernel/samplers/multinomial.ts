import { ToolkitError } from '../../../genesis/base/errors.js';
import { sampleBinomial } from './binomial.js';
import type { RandomSource } from './random-source.js';
import { verifyNumber } from './verify-number.js';

/**
 * Spreads `n` trials over cells with probabilities proportional to `weights`, by conditional binomials: exact at every n.
 * Returns one count per weight; they add up to `n`.
 *
 * @throws ToolkitError `SAMPLER_INVALID` if n is no count, a weight is negative or not finite, or all weights are 0.
 * @example sampleMultinomial(stream, 100, [1, 1, 2]) // for example [24, 27, 49]
 */
export function sampleMultinomial(
  source: RandomSource,
  n: number,
  weights: ArrayLike<number>,
): number[] {
  verifyNumber('n', n, 0, Number.MAX_SAFE_INTEGER, true);
  const cells = weights.length;
  // Summed from the end, so that each weight is at most the rest it belongs to.
  const rest = new Float64Array(cells + 1);
  for (let cell = cells - 1; cell >= 0; cell -= 1) {
    verifyNumber(`weight ${cell}`, weights[cell]!, 0, Number.MAX_VALUE);
    rest[cell] = rest[cell + 1]! + weights[cell]!;
  }
  if (!(rest[0]! > 0 && rest[0]! < Number.POSITIVE_INFINITY)) {
    throw new ToolkitError({
      code: 'SAMPLER_INVALID',
      message: `The weights add up to ${rest[0]}.`,
      allowed: 'a positive, finite sum',
      exitCode: 2,
    });
  }
  const counts = new Array<number>(cells).fill(0);
  let left = n;
  for (let cell = 0; cell < cells && left > 0; cell += 1) {
    const weight = weights[cell]!;
    if (weight === 0) continue;
    const hits = sampleBinomial(source, left, weight / rest[cell]!);
    counts[cell] = hits;
    left -= hits;
  }
  return counts;
}
