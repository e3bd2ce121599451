import { expect, it } from 'vitest';
import { summarizeFinals } from './summarize-finals.js';

it('agrees with sums by hand', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const mean = values.reduce((sum, value) => sum + value, 0) / 8;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 7;
  const summary = summarizeFinals(values);
  expect(summary.mean).toBeCloseTo(mean, 12);
  expect(summary.standardDeviation).toBeCloseTo(Math.sqrt(variance), 12);
  expect(summary.p50).toBe(3.5);
  expect(summary.p5).toBeCloseTo(1, 12);
  expect(summary.p95).toBeCloseTo(6 + 0.65 * 3, 12);
  expect(values[0]).toBe(3);
});

it('has no deviation for one run', () => {
  expect(summarizeFinals([7])).toEqual({ runs: 1, mean: 7, p5: 7, p50: 7, p95: 7 });
});
