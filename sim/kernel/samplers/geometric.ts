import { log1p } from '../real-functions.js';
import type { RandomSource } from './random-source.js';
import { uniform64 } from './uniform.js';
import { verifyNumber } from './verify-number.js';

/**
 * Misses before the first hit of trials with probability `p`: P(g) = (1 - p)^g p. Below p = 10^-14 gaps would
 * not fit a double.
 *
 * @throws ToolkitError `SAMPLER_INVALID` unless 10^-14 <= p <= 1.
 */
export function sampleGeometric(source: RandomSource, p: number): number {
  verifyNumber('p', p, 1e-14, 1);
  if (p === 1) return 0;
  // 1 - U instead of U: the short gaps come from small numbers, which are finer.
  return Math.floor(log1p(-uniform64(source)) / log1p(-p));
}
