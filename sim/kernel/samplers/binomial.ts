import { exp, expm1, log, log1p } from '../real-functions.js';
import { invertCount } from './invert-count.js';
import type { RandomSource } from './random-source.js';
import { deviance, stirlingRest, stirlingWeight } from './stirling.js';
import { uniform32, uniform64 } from './uniform.js';
import { verifyNumber } from './verify-number.js';

/** From this width of the proposal on, 32 bits would leave too few values per count. */
const WIDE = 65_536;

/**
 * Number of successes in `n` trials of probability `p`. Exact at every n below 2^53: inversion for n p < 10, else
 * transformed rejection with squeeze (BTRS, Hörmann 1993) with the acceptance ratio of Loader's deviances.
 *
 * @throws ToolkitError `SAMPLER_INVALID` unless n is an integer from 0 to 2^53 - 1 and 0 <= p <= 1.
 * @example sampleBinomial(new Stream(key, day, 10), 1_400_000, 0.0003)
 */
export function sampleBinomial(source: RandomSource, n: number, p: number): number {
  verifyNumber('n', n, 0, Number.MAX_SAFE_INTEGER, true);
  verifyNumber('p', p, 0, 1);
  if (n === 0 || p === 0) return 0;
  if (p === 1) return n;
  // 1 - p is exact here.
  return p > 0.5 ? n - draw(source, n, 1 - p) : draw(source, n, p);
}

function draw(source: RandomSource, n: number, p: number): number {
  const q = 1 - p;
  if (n * p < 10) {
    const odds = p / q;
    const none = n * log1p(-p);
    return invertCount(source, {
      positive: -expm1(none),
      one: n * odds * exp(none),
      ratio: (k) => ((n - k) / (k + 1)) * odds,
    });
  }
  const np = n * p;
  const nq = n * q;
  const spread = Math.sqrt(np * q);
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const alpha = (2.83 + 5.1 / b) * spread;
  const limit = 0.92 - 4.2 / b;
  const uniform = b > WIDE ? uniform64 : uniform32;
  const mode = Math.floor((n + 1) * p);
  const top = exponent(mode, n, np, nq);
  const scale = alpha / Math.sqrt(stirlingWeight(mode) * stirlingWeight(n - mode));
  for (;;) {
    const u = uniform(source) - 0.5;
    const v = uniform(source);
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + np + 0.5);
    if (us >= 0.07 && v <= limit) return k;
    if (k < 0 || k > n) continue;
    const weight = Math.sqrt(stirlingWeight(k) * stirlingWeight(n - k));
    if (log((v * scale * weight) / (a / (us * us) + b)) <= exponent(k, n, np, nq) - top) return k;
  }
}

/** ln P(k) without the weights of Stirling's formula, up to a constant. */
function exponent(k: number, n: number, np: number, nq: number): number {
  return -stirlingRest(k) - stirlingRest(n - k) - deviance(k, np) - deviance(n - k, nq);
}
