import { describe, expect, it } from 'vitest';
import { metrics } from '../../sim/model/metrics.js';
import { metricNames, supplyBuckets } from './metric-names.js';

const listed = new Map(metrics.map((metric) => [metric.name, metric]));
const stocks = ['price', 'circulating', 'free', 'staked', 'burned', 'minted'] as const;

describe('metricNames', () => {
  it('are in the list of the model, except the ratio that is made here', () => {
    for (const name of Object.values(metricNames)) {
      if (name === metricNames.stakingRatio) expect(listed.has(name)).toBe(false);
      else expect(listed.has(name), name).toBe(true);
    }
    for (const { columns } of supplyBuckets) {
      for (const name of columns) expect(listed.get(name)?.unit, name).toBe('microtoken');
    }
  });

  it('are read as what they are: stocks at the end of the day, flows of the day', () => {
    for (const key of stocks) expect(listed.get(metricNames[key])?.kind, key).toBe('stock');
    for (const key of ['wallets', 'active', 'buyers'] as const)
      expect(listed.get(metricNames[key])?.kind, key).toBe('stock');
    for (const key of ['emitted', 'unlocked'] as const)
      expect(listed.get(metricNames[key])?.kind, key).toBe('flow');
  });
});
