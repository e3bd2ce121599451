import { log } from '../real-functions.js';

/** T(k) = ln k! - (k ln k - k), for integers k >= 0; T(0) = 0. Absolute error below 1e-14 at every k. */
export function stirlingTail(k: number): number {
  if (k < 16) {
    if (k === 0) return 0;
    let factorial = 1;
    for (let factor = 2; factor <= k; factor += 1) factorial *= factor;
    return log(factorial) - k * log(k) + k;
  }
  const r = 1 / (k * k);
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - r / 1188) * r) * r) * r) / k;
  return 0.9189385332046727 + 0.5 * log(k) + series;
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
