import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTokens } from '../base/amount.js';
import { SECONDS_PER_MONTH } from '../base/time.js';
import { resolvePlan } from './resolve-plan.js';
import { unlockedSupply } from './unlocked-supply.js';

const text = readFileSync(new URL('../plans/neutral.yaml', import.meta.url), 'utf8');

describe('neutral.yaml', () => {
  it('resolves without staking, programmes, burn or a fee splitter', () => {
    const plan = resolvePlan({ text, file: 'neutral.yaml' });
    expect(plan.token.symbol).toBe('NTL');
    expect(plan.staking).toBeUndefined();
    expect(plan.programmes).toEqual([]);
    expect(plan.fees).toEqual({ mode: 'validators', burnBasisPoints: 0, payees: [] });
    expect(plan.chain.allowFeeRecipients).toBe(true);
    expect(plan.predeploys.feeSplitter).toBeUndefined();
    expect(plan.economy?.nodes).toBeUndefined();
  });

  it('pays its cliff grants an accrued lump', () => {
    const plan = resolvePlan({ text, file: 'neutral.yaml' });
    const founders = (month: number) =>
      unlockedSupply(plan, month * SECONDS_PER_MONTH).groups.founders;
    expect(founders(11.99)).toBe(0n);
    expect(founders(12)).toBe(parseTokens('37500000'));
    expect(founders(24)).toBe(parseTokens('75000000'));
    expect(founders(48)).toBe(parseTokens('150000000'));
    expect(unlockedSupply(plan, 48 * SECONDS_PER_MONTH).total).toBe(plan.token.supply);
  });

  it('is not about Masa', () => {
    expect(text.replaceAll('masa plan check', '')).not.toMatch(/masa/i);
  });

  it('also resolves without an economy', () => {
    const parts = text.split(/^economy:$/m);
    const rest = parts[1]!.slice(parts[1]!.indexOf('\nprofiles:'));
    const plan = resolvePlan({ text: `${parts[0]}${rest}`, file: 'x.yaml' });
    expect(plan.economy).toBeUndefined();
    expect(Object.keys(plan)).not.toContain('economy');
  });
});
