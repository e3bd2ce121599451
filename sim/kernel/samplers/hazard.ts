import { expm1 } from '../real-functions.js';
import { verifyNumber } from './verify-number.js';

/**
 * Probability that an event of a constant `rate` comes within `duration` (in the inverse unit): 1 - e^(-rate × duration),
 * exact when tiny, where 1 - exp(-x) would lose its digits.
 *
 * @throws ToolkitError `SAMPLER_INVALID` for a rate or duration that is negative or not a number.
 * @example hazardProbability(0.05, 1) // 0.0487…
 */
export function hazardProbability(rate: number, duration: number): number {
  verifyNumber('rate', rate, 0, Number.MAX_VALUE);
  verifyNumber('duration', duration, 0, Number.MAX_VALUE);
  return -expm1(-rate * duration);
}
