import { describe, expect, it } from 'vitest';
import { metricNames } from './metric-names.js';
import { reportColumns } from './report-columns.js';

const metrics = [
  { name: metricNames.staked, unit: 'micro-tokens' },
  { name: metricNames.circulating, unit: 'micro-tokens' },
  { name: metricNames.price, unit: 'USD' },
];

describe('reportColumns', () => {
  it('turns millionths into tokens and leaves other units alone', () => {
    const columns = reportColumns(
      { [metricNames.staked]: [2_500_000], [metricNames.price]: [0.07], unlisted: [1] },
      metrics,
    );
    expect(Array.from(columns[metricNames.staked]!)).toEqual([2.5]);
    expect(columns[metricNames.price]).toEqual([0.07]);
    expect(Object.keys(columns)).not.toContain('unlisted');
  });

  it('makes the staking ratio, zero while nothing circulates', () => {
    const columns = reportColumns(
      { [metricNames.staked]: [0, 3e6], [metricNames.circulating]: [0, 12e6] },
      metrics,
    );
    expect(Array.from(columns[metricNames.stakingRatio]!)).toEqual([0, 0.25]);
  });
});
