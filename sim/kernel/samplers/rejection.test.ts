import { describe, expect, it } from 'vitest';
import { sampleBinomial } from './binomial.js';
import { samplePoisson } from './poisson.js';
import type { RandomSource } from './random-source.js';

const STRATA = 65_536;
/** Twice what the strata leave. */
const LIMIT = 3e-4;
const REJECTED = { name: 'a third word was asked for' };

/**
 * The law that a rejection sampler has if its words are perfect, by integration instead of chance: for each of 65,536
 * strata of the first word, the share of second words that is accepted. A wrong squeeze, hat or ratio shows at 3 x 10^-4,
 * where 200,000 draws would not.
 */
function integrate(sample: (source: RandomSource) => number): Map<number, number> {
  const attempt = (first: number, second: number): number | undefined => {
    let asked = 0;
    try {
      return sample({
        word: () => {
          asked += 1;
          if (asked > 2) throw REJECTED;
          return asked === 1 ? first : second;
        },
      });
    } catch (error) {
      if (error !== REJECTED) throw error;
      return undefined;
    }
  };
  const mass = new Map<number, number>();
  let total = 0;
  for (let stratum = 0; stratum < STRATA; stratum += 1) {
    const first = Math.floor(((stratum + 0.5) / STRATA) * 2 ** 32);
    const count = attempt(first, 0);
    if (count === undefined) continue;
    // Small second words are accepted, large ones are not.
    let [low, high] = [0, 2 ** 32];
    while (high - low > 2 ** 16) {
      const middle = (low + high) / 2;
      if (attempt(first, middle) === count) low = middle;
      else high = middle;
    }
    mass.set(count, (mass.get(count) ?? 0) + low);
    total += low;
  }
  for (const [count, value] of mass) mass.set(count, value / total);
  return mass;
}

/** Half the sum of all differences from the exact probabilities. */
function distance(mass: Map<number, number>, exact: (k: number) => number, top: number): number {
  let sum = 0;
  for (let k = 0; k <= top; k += 1) sum += Math.abs((mass.get(k) ?? 0) - exact(k));
  return sum / 2;
}

const logFactorials = [0];
for (let k = 1; k <= 2000; k += 1) logFactorials.push(logFactorials[k - 1]! + Math.log(k));
const binomial = (n: number, p: number) => (k: number) =>
  Math.exp(
    logFactorials[n]! -
      logFactorials[k]! -
      logFactorials[n - k]! +
      k * Math.log(p) +
      (n - k) * Math.log(1 - p),
  );
const poisson = (mean: number) => (k: number) =>
  Math.exp(k * Math.log(mean) - mean - logFactorials[k]!);

describe('rejection, integrated over both words', () => {
  it.each([
    [20, 0.5],
    [100, 0.1],
    [1000, 0.011],
    [1000, 0.3],
  ])('binomial %d %d', (n, p) => {
    const mass = integrate((source) => sampleBinomial(source, n, p));
    expect(distance(mass, binomial(n, p), n)).toBeLessThan(LIMIT);
  });
  it.each([10, 12.5, 100])('poisson %d', (mean) => {
    const mass = integrate((source) => samplePoisson(source, mean));
    expect(distance(mass, poisson(mean), 1000)).toBeLessThan(LIMIT);
  });
  it('sees a probability that is a thousandth off', () => {
    const mass = integrate((source) => sampleBinomial(source, 1000, 0.3003));
    expect(distance(mass, binomial(1000, 0.3), 1000)).toBeGreaterThan(LIMIT);
  });
});
