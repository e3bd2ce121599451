import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { allocationExhibit } from '../charts/allocation.js';
import { summarizePlan } from './summarize-plan.js';

const load = (name: string) =>
  resolvePlan({
    text: readFileSync(new URL(`../../genesis/plans/${name}.yaml`, import.meta.url), 'utf8'),
    file: name,
  });
const hash = `0x${'00'.repeat(32)}` as const;
const millions = (micro: bigint) => Number(micro) / 1e12;

describe('summarizePlan', () => {
  it.each(['masa', 'neutral'])('%s: the groups sum to the supply to the micro-token', (name) => {
    const summary = summarizePlan({ plan: load(name), hash, months: 48 });
    const { groups, token } = summary;
    expect(groups.reduce((sum, group) => sum + group.amountMicro, 0n)).toBe(token.supplyMicro);
    const footer = allocationExhibit({
      symbol: token.symbol,
      supplyMicro: token.supplyMicro,
      groups,
    }).tables[0]!.footer![0]!;
    expect(footer[1]).toBe('100 %');
    expect(footer[4]).toMatchObject({ tone: 'good' });
  });

  it('gives the published shape of the calibrated schedule', () => {
    const { unlocks, token } = summarizePlan({ plan: load('masa'), hash, months: 48 });
    const total = (month: number) =>
      unlocks
        .filter((row) => row.month === month)
        .reduce((sum, row) => sum + row.unlockedMicro, 0n);
    // Millions of tokens at months 0, 3, 6, 9, 12, 24, 36, computed by hand from the four groups' terms.
    for (const [month, expected] of [
      [0, 200.5],
      [3, 245.5],
      [6, 290.6],
      [9, 364.8],
      [12, 439.0],
      [24, 841.7],
      [36, 1244.4],
    ] as const) {
      expect(Math.abs(millions(total(month)) - expected), `month ${month}`).toBeLessThan(0.6);
    }
    // Each group is rounded down to micro-tokens.
    expect(Number(token.supplyMicro - total(48))).toBeLessThan(4);
  });

  it('labels what no source states', () => {
    const { groups, assumptions } = summarizePlan({ plan: load('masa'), hash, months: 1 });
    expect(groups.every((group) => group.assumed)).toBe(true);
    expect(groups[0]!.source).toContain('TechFlow');
    expect(assumptions.find((row) => row.path === 'token.supply')).toMatchObject({
      assumed: false,
      confidence: 'A',
    });
  });
});
