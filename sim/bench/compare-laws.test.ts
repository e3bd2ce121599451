import { describe, expect, it } from 'vitest';
import { Stream } from '../kernel/stream.js';
import { compareLaws } from './compare-laws.js';

const names = ['a', 'b', 'c'];

/** Rows of three statistics, the third almost the sum of the others. */
const sample = (purpose: number, size: number, shift = 0, spread = 1) => {
  const stream = new Stream([11, 12], 1, purpose);
  return Array.from({ length: size }, () => {
    const a = 100 + spread * stream.normal();
    const b = 50 + stream.normal() + shift;
    return [a, b, a + b + 0.1 * stream.normal()];
  });
};

describe('compareLaws', () => {
  it('accepts two samples of one law, and its p-values are those of chance', () => {
    let rejected = 0;
    let low = 0;
    for (let trial = 0; trial < 12; trial += 1) {
      const { differs, hotelling } = compareLaws(
        names,
        sample(2 * trial, 20),
        sample(2 * trial + 1, 20),
      );
      rejected += differs ? 1 : 0;
      low += hotelling.p < 0.5 ? 1 : 0;
    }
    expect(rejected).toBe(0);
    expect(low).toBeGreaterThan(1);
    expect(low).toBeLessThan(11);
  });
  it('rejects a shift of 1.1 deviations in one statistic', () => {
    const { differs, byStatistic } = compareLaws(names, sample(1, 50, 1.1), sample(2, 50));
    expect(differs).toBe(true);
    expect(byStatistic.b!.z).toBeGreaterThan(3);
    expect(byStatistic.b!.difference).toBeCloseTo(0.022, 2);
  });
  it('rejects equal means with another spread, by distance', () => {
    const { differs, byStatistic } = compareLaws(names, sample(3, 100, 0, 4), sample(4, 100));
    expect(differs).toBe(true);
    expect(byStatistic.a!.pDistance).toBeLessThan(0.001);
  });
  it('rejects what only all means together show', () => {
    const shifted = sample(5, 50).map(([a, b, c]) => [a!, b!, c! + 0.15]);
    const { differs, byStatistic, hotelling } = compareLaws(names, shifted, sample(6, 50));
    expect(Math.abs(byStatistic.c!.z)).toBeLessThan(3);
    expect(hotelling.p).toBeLessThan(0.001);
    expect(differs).toBe(true);
  });
});
