import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTokens, parseTokens, type Wei } from '../base/amount.js';
import { SECONDS_PER_MONTH } from '../base/time.js';
import { parseMicroPercent, resolveAmounts } from './resolve-amounts.js';
import { resolvePlan } from './resolve-plan.js';
import type { ResolvedGrant } from './resolved-plan.js';
import { unlockedOfGrant, unlockedSupply } from './unlocked-supply.js';

const numRuns = Number(process.env.FUZZ_RUNS ?? 60);
const neutral = readFileSync(new URL('../plans/neutral.yaml', import.meta.url), 'utf8');
const fail = (path: string, message: string) => {
  throw new Error(`${path}: ${message}`);
};

describe('parseMicroPercent', () => {
  it.each([
    ['0', 0n],
    ['100', 100_000_000n],
    ['3.75', 3_750_000n],
    ['0.000001', 1n],
    ['18.75', 18_750_000n],
  ])('reads %s %%', (text, micro) => expect(parseMicroPercent(text)).toBe(micro));
});

describe('resolveAmounts', () => {
  it('rounds percentages down and gives the rest to the remainder', () => {
    const parts = [
      { path: 'a', amount: { percent: '33.333333' } },
      { path: 'b', amount: { tokens: '0.000000000000000002' } },
      { path: 'c', amount: { remainder: true as const } },
    ];
    expect(resolveAmounts(10n as Wei, parts, fail)).toEqual([3n, 2n, 5n]);
  });

  it('takes percentages of another base when told', () => {
    const parts = [
      { path: 'a', amount: { percent: '1' } },
      { path: 'b', amount: { remainder: true as const } },
    ];
    expect(resolveAmounts(50n as Wei, parts, fail, { base: 1000n as Wei })).toEqual([10n, 40n]);
  });
});

describe('an allocation', () => {
  const percentages = fc
    .array(fc.integer({ min: 1, max: 9_000_000 }), { minLength: 1, maxLength: 9 })
    .map((parts) =>
      parts.map((part) => `${Math.floor(part / 1e6)}.${String(part % 1e6).padStart(6, '0')}`),
    );

  it('sums to any supply to the wei, whatever the shares', () => {
    const supplies = fc.bigInt({ min: 10n ** 12n, max: 10n ** 40n });
    fc.assert(
      fc.property(supplies, percentages, fc.nat(48), fc.nat(24), (supply, shares, linear, lock) => {
        const text = planWith(supply as Wei, shares, linear + 1, lock);
        const plan = resolvePlan({ text, file: 'random.yaml', overlays: [] });
        const sum = plan.allocation.reduce((left, { amount }) => left + amount, 0n);
        expect(sum).toBe(supply);
        for (const group of plan.allocation) {
          const held = [...group.grants, ...group.liquid];
          expect(held.reduce((left, { amount }) => left + amount, 0n)).toBe(group.amount);
        }
        const end = unlockedSupply(plan, (linear + 1 + lock) * SECONDS_PER_MONTH);
        expect(end.total).toBe(supply);
      }),
      { numRuns },
    );
  });

  function planWith(supply: Wei, shares: readonly string[], linear: number, lock: number): string {
    const groups = shares.map(
      (percent, index) =>
        `  g${index}: { label: G, account: treasury, amount: { percent: '${percent}' }, mode: lock-then-linear, lockMonths: ${lock}, linearMonths: ${linear} }`,
    );
    const rest =
      '  rest: { label: R, account: treasury, amount: { remainder: true }, mode: liquid }';
    const start = neutral.indexOf('allocation:');
    const head = neutral.slice(0, start).replace("'1000000000'", `'${formatTokens(supply)}'`);
    const tail = neutral.slice(neutral.indexOf('\nprofiles:'));
    return `${head}allocation:\n${[...groups, rest].join('\n')}\n${tail}`;
  }
});

describe('unlockedOfGrant', () => {
  const grants = fc.record({
    amount: fc.bigInt({ min: 1n, max: 10n ** 30n }),
    tge: fc.bigInt({ min: 0n, max: 100n }),
    lock: fc.nat(1000),
    linear: fc.nat(1000),
    cliff: fc.boolean(),
  });
  const grantOf = (value: {
    amount: bigint;
    tge: bigint;
    lock: number;
    linear: number;
    cliff: boolean;
  }) =>
    ({
      amount: value.amount,
      tgeAmount: (value.amount * value.tge) / 100n,
      lockSeconds: value.lock,
      linearSeconds: value.cliff ? value.linear + value.lock : value.linear,
      mode: value.cliff ? 'cliff' : 'lock-then-linear',
    }) as ResolvedGrant;

  it('never falls, starts with the TGE part and ends with everything', () => {
    fc.assert(
      fc.property(grants, fc.nat(2500), fc.nat(2500), (value, a, b) => {
        const grant = grantOf(value);
        const [early, late] = a < b ? [a, b] : [b, a];
        expect(unlockedOfGrant(grant, early)).toBeLessThanOrEqual(unlockedOfGrant(grant, late));
        expect(unlockedOfGrant(grant, -1)).toBe(0n);
        if (grant.lockSeconds > 0) expect(unlockedOfGrant(grant, 0)).toBe(grant.tgeAmount);
        expect(unlockedOfGrant(grant, value.lock + value.linear)).toBe(grant.amount);
      }),
      { numRuns },
    );
  });

  // By hand: 1000 tokens, 100 at TGE, lock 10 s, linear 90 s (cliff: 100 s from the start).
  it.each([
    ['lock-then-linear', 0, '100'],
    ['lock-then-linear', 9, '100'],
    ['lock-then-linear', 10, '100'],
    ['lock-then-linear', 55, '550'],
    ['lock-then-linear', 100, '1000'],
    ['cliff', 9, '100'],
    ['cliff', 10, '190'],
    ['cliff', 55, '595'],
    ['cliff', 100, '1000'],
  ] as const)('pays in mode %s after %d s %s tokens', (mode, seconds, tokens) => {
    const grant = {
      amount: parseTokens('1000'),
      tgeAmount: parseTokens('100'),
      lockSeconds: 10,
      linearSeconds: mode === 'cliff' ? 100 : 90,
      mode,
    } as ResolvedGrant;
    expect(unlockedOfGrant(grant, seconds)).toBe(parseTokens(tokens));
  });
});
