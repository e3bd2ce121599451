import { exp, expm1, log } from '../real-functions.js';
import { invertCount } from './invert-count.js';
import type { RandomSource } from './random-source.js';
import { deviance, stirlingRest, stirlingWeight } from './stirling.js';
import { uniform32, uniform64 } from './uniform.js';
import { verifyNumber } from './verify-number.js';

/** From this width of the proposal on, 32 bits would leave too few values per count. */
const WIDE = 65_536;
const TWO_PI = 6.283185307179586;

/**
 * A Poisson count. Exact at every mean: inversion below 10, else transformed rejection with squeeze (PTRS, Hörmann 1993)
 * with the acceptance ratio of Loader's deviances.
 *
 * @throws ToolkitError `SAMPLER_INVALID` unless 0 <= mean <= 2^52.
 * @example samplePoisson(new Stream(key, day, 60), 2.5)
 */
export function samplePoisson(source: RandomSource, mean: number): number {
  verifyNumber('mean', mean, 0, 4_503_599_627_370_496);
  if (mean === 0) return 0;
  if (mean < 10) {
    return invertCount(source, {
      positive: -expm1(-mean),
      one: mean * exp(-mean),
      ratio: (k) => mean / (k + 1),
    });
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  const limit = 0.9277 - 3.6224 / (b - 2);
  const uniform = b > WIDE ? uniform64 : uniform32;
  for (;;) {
    const u = uniform(source) - 0.5;
    const v = uniform(source);
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= limit) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const weight = Math.sqrt(TWO_PI * stirlingWeight(k));
    if (log((v * inverse * weight) / (a / (us * us) + b)) <= -stirlingRest(k) - deviance(k, mean))
      return k;
  }
}
