import { log } from '../real-functions.js';
import type { RandomSource } from './random-source.js';
import { uniform64 } from './uniform.js';
import { verifyNumber } from './verify-number.js';

/**
 * Waiting time of an event that comes at `rate` per unit of time: -ln U / rate with 64 bits of U.
 *
 * @throws ToolkitError `SAMPLER_INVALID` unless the rate is positive and finite.
 */
export function sampleExponential(source: RandomSource, rate = 1): number {
  verifyNumber('rate', rate, Number.MIN_VALUE, Number.MAX_VALUE);
  return -log(uniform64(source)) / rate;
}
