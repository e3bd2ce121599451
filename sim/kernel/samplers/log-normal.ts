import { exp } from '../real-functions.js';
import { sampleNormal } from './normal.js';
import type { RandomSource } from './random-source.js';

/**
 * e^(mu + sigma Z) with a standard normal Z: median e^mu, mean e^(mu + sigma²/2).
 *
 * @throws ToolkitError `SAMPLER_INVALID` for parameters that are not finite, or a negative sigma.
 */
export function sampleLogNormal(source: RandomSource, mu: number, sigma: number): number {
  return exp(sampleNormal(source, mu, sigma));
}
