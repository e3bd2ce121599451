import { normalQuantile } from '../real-functions.js';
import type { RandomSource } from './random-source.js';
import { verifyNumber } from './verify-number.js';

/**
 * A normal number, by inversion of 52 random bits: the quantile is right to a relative 1.2e-9, and the largest value is
 * 8.2 deviations.
 *
 * @throws ToolkitError `SAMPLER_INVALID` for a mean or deviation that is not finite, or a negative deviation.
 */
export function sampleNormal(source: RandomSource, mean = 0, deviation = 1): number {
  verifyNumber('mean', mean, -Number.MAX_VALUE, Number.MAX_VALUE);
  verifyNumber('deviation', deviation, 0, Number.MAX_VALUE);
  const high = source.word() * 1_048_576;
  const p = (high + (source.word() >>> 12) + 0.5) / 4_503_599_627_370_496;
  return mean + deviation * normalQuantile(p);
}
