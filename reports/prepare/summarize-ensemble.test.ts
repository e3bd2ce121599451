import { describe, expect, it } from 'vitest';
import { quantile, summarizeEnsemble } from './summarize-ensemble.js';

const parameters = {
  scenario: 'base',
  wallets: 10,
  scale: 100,
  metrics: ['price', 'burned'],
  extensive: ['burned'],
  keyFigures: [
    {
      metric: 'price',
      label: 'Price',
      format: 'usd' as const,
      threshold: { kind: 'below' as const, value: 3 },
    },
  ],
  horizons: [1, 2, 365],
};
const runs = [1, 2, 3, 4, 5].map((run) => ({
  run,
  columns: { price: [run, 2 * run], burned: [run, run] },
}));

describe('quantile', () => {
  it('interpolates between order statistics', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4, 5], 0.25)).toBe(2);
    expect(quantile([7], 0.95)).toBe(7);
  });
});

describe('summarizeEnsemble', () => {
  it('takes quantiles over runs and scales what grows with the population', () => {
    const bands = summarizeEnsemble({ ...parameters, runs });
    expect(Array.from(bands.metrics.price!.p50)).toEqual([3, 6]);
    expect(Array.from(bands.metrics.burned!.p50)).toEqual([300, 300]);
    expect(bands.metrics.price!.p5[0]).toBeCloseTo(1.2, 12);
  });

  it('counts breaches and drops horizons after the end', () => {
    const { keyFigures } = summarizeEnsemble({ ...parameters, runs });
    expect(keyFigures[0]!.horizons.map(({ day, breach }) => [day, breach])).toEqual([
      [1, 0.4],
      [2, 0.2],
    ]);
  });

  it('sets the first run beside the full population', () => {
    const bands = summarizeEnsemble({
      ...parameters,
      runs,
      full: { price: [1, 2.5], burned: [90, 110] },
    });
    expect(bands.bias).toEqual([
      { metric: 'price', day: 2, full: 2.5, small: 2 },
      { metric: 'burned', day: 2, full: 110, small: 100 },
    ]);
  });

  it.each([
    ['no runs', []],
    ['a shorter run', [...runs, { run: 6, columns: { price: [1], burned: [1, 2] } }]],
    ['a missing metric', [...runs, { run: 6, columns: { price: [1, 2] } }]],
  ])('refuses %s', (_, bad) => {
    expect(() => summarizeEnsemble({ ...parameters, runs: bad as typeof runs })).toThrowError(
      expect.objectContaining({ code: 'REPORT_ENSEMBLE_INVALID', exitCode: 2 }),
    );
  });
});
