import { exp, log } from '../real-functions.js';
import { sampleNormal } from './normal.js';
import type { RandomSource } from './random-source.js';
import { uniform64 } from './uniform.js';
import { verifyNumber } from './verify-number.js';

/**
 * A gamma number with mean shape × scale, by Marsaglia and Tsang (2000); below shape 1 through shape + 1 and a power of
 * a uniform number. Shapes from 10^-3, under which doubles round most draws to 0.
 *
 * @throws ToolkitError `SAMPLER_INVALID` unless 10^-3 <= shape <= 10^12 and scale is positive and finite.
 */
export function sampleGamma(source: RandomSource, shape: number, scale = 1): number {
  verifyNumber('shape', shape, 1e-3, 1e12);
  verifyNumber('scale', scale, Number.MIN_VALUE, Number.MAX_VALUE);
  if (shape < 1) {
    const boost = log(uniform64(source)) / shape;
    return exp(log(draw(source, shape + 1)) + boost) * scale;
  }
  return draw(source, shape) * scale;
}

function draw(source: RandomSource, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = sampleNormal(source);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = uniform64(source);
    const square = x * x;
    if (u < 1 - 0.0331 * square * square) return d * v;
    if (log(u) < 0.5 * square + d * (1 - v + log(v))) return d * v;
  }
}
