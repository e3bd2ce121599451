import { describe, expect, it } from 'vitest';
import { comparePaired, studentQuantile } from './compare-paired.js';

describe('studentQuantile', () => {
  // Printed tables of Student's t, two-sided 90 % and 95 %.
  it.each([
    [0.9, 1, 6.314],
    [0.9, 2, 2.92],
    [0.9, 3, 2.353],
    [0.9, 10, 1.812],
    [0.9, 30, 1.697],
    [0.9, 99, 1.66],
    [0.95, 1, 12.706],
    [0.95, 2, 4.303],
    [0.95, 3, 3.182],
    [0.95, 5, 2.571],
    [0.95, 30, 2.042],
    [0.95, 99, 1.984],
  ] as const)('level %d, %d degrees: %d', (level, degrees, expected) => {
    expect(Math.abs(studentQuantile(level, degrees) / expected - 1)).toBeLessThan(0.002);
  });
});

describe('comparePaired', () => {
  it('has no interval when every pair differs by the same amount', () => {
    expect(comparePaired([1, 2, 3], [2, 3, 4])).toEqual({
      baseline: 2,
      difference: 1,
      low: 1,
      high: 1,
    });
  });

  it('gives the hand-computed interval', () => {
    // differences 1, 2, 3: mean 2, standard error 1/√3, t(0.9, 2) = 2.92
    const { difference, low, high } = comparePaired([0, 0, 0], [1, 2, 3]);
    expect(difference).toBe(2);
    expect(high - difference).toBeCloseTo(2.92 / Math.sqrt(3), 3);
    expect(difference - low).toBeCloseTo(2.92 / Math.sqrt(3), 3);
  });

  it.each([
    [[1, 2], [1]],
    [[1], [2]],
  ])('refuses %j against %j', (baseline, scenario) => {
    expect(() => comparePaired(baseline, scenario)).toThrowError(
      expect.objectContaining({ code: 'REPORT_PAIRS_INVALID', exitCode: 2 }),
    );
  });
});
