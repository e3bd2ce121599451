import { log } from '../real-functions.js';

/** R(1) to R(15), from 40 digits. */
const SMALL = [
  0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.020790672103765093,
  0.016644691189821193, 0.013876128823070748, 0.01189670994589177, 0.010411265261972096,
  0.009255462182712733, 0.00833056343336287, 0.007573675487951841, 0.00694284010720953,
  0.006408994188004207, 0.0059513701127588475, 0.005554733551962801,
];

/**
 * R(k) of Stirling's formula ln k! = ln(2 pi w) / 2 + k ln k - k + R(k) with w = `stirlingWeight(k)`, for integers
 * k >= 0. Absolute error below 2e-16.
 */
export function stirlingRest(k: number): number {
  if (k < 16) return k === 0 ? 0 : SMALL[k - 1]!;
  const r = 1 / (k * k);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - r / 1188) * r) * r) * r) / k;
}

/** w of Stirling's formula: k, and for 0! = 1 what makes the formula exact. */
export function stirlingWeight(k: number): number {
  return k === 0 ? 0.15915494309189535 : k;
}

/**
 * x ln(x / mean) + mean - x, the deviance of a Poisson count, without the cancellation that differences of log-factorials
 * suffer at large counts (Loader 2000: Fast and accurate computation of binomial probabilities).
 */
export function deviance(x: number, mean: number): number {
  if (x === 0) return mean;
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * log(x / mean) - difference;
  const v = difference / (x + mean);
  let sum = difference * v;
  let term = 2 * x * v;
  for (let odd = 3; odd < 60; odd += 2) {
    term *= v * v;
    const next = sum + term / odd;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
