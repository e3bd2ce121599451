import { sampleGeometric } from './geometric.js';
import type { RandomSource } from './random-source.js';
import { verifyNumber } from './verify-number.js';

/**
 * Members of 0..n-1 that independent events of probability `p` hit, in rising order, by geometric gaps: one draw per hit.
 * The plain form of a kernel's `skipSample`; its alias tables are faster, but hold each probability to 2^-32 only.
 *
 * @throws ToolkitError `SAMPLER_INVALID` unless n is an integer from 0 to 2^32 and 0 <= p <= 1.
 */
export function skipMembers(source: RandomSource, n: number, p: number): number[] {
  verifyNumber('n', n, 0, 4_294_967_296, true);
  verifyNumber('p', p, 0, 1);
  const hits: number[] = [];
  // So rare an event hits any of 2^32 members once in 20,000 calls at most; gaps would not fit a double.
  if (p < 1e-14) return hits;
  for (let at = sampleGeometric(source, p); at < n; at += 1 + sampleGeometric(source, p))
    hits.push(at);
  return hits;
}
