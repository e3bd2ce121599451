import { describe, expect, it } from 'vitest';
import { Stream } from '../stream.js';
import { createTypescriptKernel } from '../typescript-kernel.js';
import { hazardProbability } from './hazard.js';
import { skipMembers } from './skip-members.js';

const LIMIT = 4.5;

/** Deviations of: number hit, its variance, the first half, neighbours hit together. */
function judgeSkips(
  n: number,
  p: number,
  steps: number,
  skip: (step: number) => ArrayLike<number>,
) {
  let hits = 0;
  let squares = 0;
  let early = 0;
  let pairs = 0;
  for (let step = 0; step < steps; step += 1) {
    const members = skip(step);
    hits += members.length;
    squares += (members.length - n * p) ** 2;
    for (let at = 0; at < members.length; at += 1) {
      const member = members[at]!;
      if (member < n / 2) early += 1;
      if (at === 0) continue;
      if (member <= members[at - 1]! || member >= n) throw new RangeError('not rising within n');
      if (member === members[at - 1]! + 1) pairs += 1;
    }
  }
  const variance = n * p * (1 - p);
  const together = (n - 1) * p * p;
  return {
    hits: (hits - steps * n * p) / Math.sqrt(steps * variance),
    // Of a count that is nearly normal.
    spread:
      (squares / steps / variance - 1) / Math.sqrt((2 + (1 - 6 * p * (1 - p)) / variance) / steps),
    early: (early - hits / 2) / Math.sqrt(hits * (1 - p)) / 0.5,
    pairs: (pairs - steps * together) / Math.sqrt(steps * together * (1 + 2 * p)),
  };
}

describe.each([
  [
    'skipMembers',
    (n: number, p: number) => (step: number) => skipMembers(new Stream([8, 1], step, 1), n, p),
  ],
  [
    'skipSample of the kernel',
    (n: number, p: number) => {
      const kernel = createTypescriptKernel([8, 2]);
      return (step: number) => kernel.skipSample(n, p, step, 1);
    },
  ],
] as const)('%s', (_, make) => {
  it.each([
    [50_000, 0.0005, 2000],
    [20_000, 0.005, 1000],
    [20_000, hazardProbability(0.05, 1), 300],
    [2_000, 0.2, 1000],
    [500, 0.9, 1000],
    [1_000_000, 2e-6, 1000],
  ])('hits each of %d members with probability %d', (n, p, steps) => {
    const judgement = judgeSkips(n, p, steps, make(n, p));
    for (const [name, z] of Object.entries(judgement))
      expect(Math.abs(z), `${name} ${z}`).toBeLessThan(LIMIT);
  });
});

describe('skipMembers', () => {
  it('hits all, or none', () => {
    expect(skipMembers(new Stream([8, 1], 1, 1), 4, 1)).toEqual([0, 1, 2, 3]);
    expect(skipMembers(new Stream([8, 1], 1, 1), 4, 0)).toEqual([]);
    expect(skipMembers(new Stream([8, 1], 1, 1), 0, 0.5)).toEqual([]);
  });
  it('is refused by the judge when gaps count from the wrong end', () => {
    const judgement = judgeSkips(20_000, 0.05, 300, (step) =>
      skipMembers(new Stream([8, 1], step, 1), 10_000, 0.05).map((member) => 2 * member),
    );
    expect(Math.abs(judgement.hits)).toBeGreaterThan(LIMIT);
    expect(Math.abs(judgement.pairs)).toBeGreaterThan(LIMIT);
  });
});

describe('hazardProbability', () => {
  it('is 1 - e^-x, tiny values included', () => {
    expect(hazardProbability(0.05, 1)).toBeCloseTo(0.048770575499286, 14);
    expect(hazardProbability(1e-20, 0.5)).toBe(5e-21);
    expect(hazardProbability(3, 0)).toBe(0);
    expect(hazardProbability(1e9, 1e9)).toBe(1);
  });
  it('composes: two half steps miss as often as one whole', () => {
    const whole = hazardProbability(0.3, 2);
    const half = hazardProbability(0.3, 1);
    expect((1 - half) ** 2).toBeCloseTo(1 - whole, 15);
  });
});
