import { expect, it } from 'vitest';
import * as time from './time.js';

it('a plan month is a twelfth of 365 days, and a staking period is not a month', () => {
  expect(time.SECONDS_PER_MONTH * 12).toBe(365 * time.SECONDS_PER_DAY);
  expect(time.SECONDS_PER_YEAR).toBe(365 * time.SECONDS_PER_DAY);
  expect(time.SECONDS_PER_STAKING_PERIOD).toBe(30 * time.SECONDS_PER_DAY);
});
