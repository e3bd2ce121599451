import { all, type BigNumber, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { deviance, stirlingRest, stirlingWeight } from './stirling.js';

const decimal = create(all!, { number: 'BigNumber', precision: 60 }).bignumber as (
  value: number | string,
) => BigNumber;
const twoPi = decimal(-1).acos().times(2);

/** The integer as it is; the library refuses numbers of more than 15 digits. */
const whole = (value: number) => decimal(BigInt(value).toString());

describe('stirlingRest', () => {
  it('completes Stirling to ln k! of 60 digits, k = 0 to 300', () => {
    let factorial = decimal(1);
    for (let k = 0; k <= 300; k += 1) {
      if (k > 0) factorial = factorial.times(k);
      const weight = k === 0 ? decimal(1).div(twoPi) : decimal(k);
      expect(stirlingWeight(k)).toBeCloseTo(Number(weight), 16);
      const power = k === 0 ? decimal(0) : decimal(k).ln().times(k);
      const rest = factorial.ln().minus(twoPi.times(weight).ln().div(2)).minus(power).plus(k);
      expect(Math.abs(Number(rest.minus(stirlingRest(k).toPrecision(15)))), `${k}`).toBeLessThan(
        3e-16,
      );
    }
  });
});

describe('deviance', () => {
  it.each([
    [1, 2],
    [5, 4],
    [1_000, 1_001],
    [1_000, 900],
    [10_000, 25_000],
    [42_000, 42_317],
    [1_000_000_000, 1_000_031_623],
    [4_503_599_627_370_496, 4_503_599_700_000_000],
    [9_007_199_254_740_991, 9_007_199_000_000_000],
  ])('%d against a mean of %d keeps 13 digits', (x, mean) => {
    const exact = whole(x)
      .times(whole(x).div(whole(mean)).ln())
      .plus(whole(mean))
      .minus(whole(x));
    expect(Math.abs(deviance(x, mean) / Number(exact) - 1)).toBeLessThan(1e-13);
  });
  it('is the mean at 0, and 0 at the mean', () => {
    expect(deviance(0, 7.5)).toBe(7.5);
    expect(deviance(12, 12)).toBe(0);
  });
});
