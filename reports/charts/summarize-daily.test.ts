import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarizeDaily, summarizeMonthly } from './summarize-daily.js';

const column = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 2000 });

describe('summarizeDaily', () => {
  it('never draws more points than asked and ends on the last day', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 300 }), (days, points) => {
        const { days: edges, values } = summarizeDaily(days, 'last', points);
        expect(values.length).toBeLessThanOrEqual(points);
        expect(edges.at(-1)).toBe(days.length);
        expect(values.at(-1)).toBe(days.at(-1));
      }),
    );
  });

  it('loses nothing of a flow', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 300 }), (days, points) => {
        const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        expect(total(summarizeDaily(days, 'sum', points).values)).toBe(total(days));
      }),
    );
  });

  it('averages a rate within its bin', () => {
    expect(summarizeDaily([1, 3, 10], 'mean', 2).values).toEqual([2, 10]);
  });

  it('gives nothing for no days', () => {
    expect(summarizeDaily([], 'last')).toEqual({ days: [], months: [], values: [] });
  });
});

describe('summarizeMonthly', () => {
  it('makes 48 months of four years of 365 days and keeps every day', () => {
    const { values, days } = summarizeMonthly(new Array(1460).fill(1), 'sum');
    expect(values).toHaveLength(48);
    expect(values.reduce((a, b) => a + b, 0)).toBe(1460);
    expect(days.slice(0, 3)).toEqual([30, 61, 91]);
  });
});
