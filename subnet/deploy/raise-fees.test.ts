import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capFees, raiseFees } from './raise-fees.js';

const fee = fc.bigInt({ min: 0n, max: 10n ** 15n });
const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) };

describe('raiseFees', () => {
  it('gives what every pool takes as a replacement, never above the cap, or nothing', () => {
    fc.assert(
      fc.property(fee, fee, fee, fee, fee, (oldFee, oldTip, newFee, newTip, cap) => {
        const old = { maxFeePerGas: oldFee + oldTip, maxPriorityFeePerGas: oldTip };
        const wanted = { maxFeePerGas: newFee + newTip, maxPriorityFeePerGas: newTip };
        const raised = raiseFees(old, wanted, cap);
        if (raised === undefined) {
          // Then no fee within the cap is ten per cent higher with room for rounding.
          expect(old.maxFeePerGas * 112n > (cap - 1n) * 100n || old.maxFeePerGas + 1n > cap).toBe(
            true,
          );
          return;
        }
        expect(raised.maxFeePerGas).toBeLessThanOrEqual(cap);
        expect(raised.maxPriorityFeePerGas).toBeLessThanOrEqual(raised.maxFeePerGas);
        for (const name of ['maxFeePerGas', 'maxPriorityFeePerGas'] as const) {
          expect(raised[name]).toBeGreaterThan(old[name]);
          expect(raised[name] * 100n).toBeGreaterThanOrEqual(old[name] * 110n);
        }
        const enough = cap < wanted.maxFeePerGas ? cap : wanted.maxFeePerGas;
        expect(raised.maxFeePerGas).toBeGreaterThanOrEqual(enough);
      }),
      runs,
    );
  });

  it.each([
    [{ maxFeePerGas: 100n, maxPriorityFeePerGas: 0n }, 1_000n, 112n, 1n],
    [{ maxFeePerGas: 0n, maxPriorityFeePerGas: 0n }, 1_000n, 90n, 1n],
    [{ maxFeePerGas: 100n, maxPriorityFeePerGas: 50n }, 112n, 112n, 56n],
    [{ maxFeePerGas: 101n, maxPriorityFeePerGas: 0n }, 1_000n, 114n, 1n],
  ])('%o under %i', (old, cap, maxFeePerGas, maxPriorityFeePerGas) => {
    const wanted = { maxFeePerGas: 90n, maxPriorityFeePerGas: 1n };
    expect(raiseFees(old, wanted, cap)).toEqual({ maxFeePerGas, maxPriorityFeePerGas });
  });
});

describe('capFees', () => {
  it.each([
    [10n, 21n, 1n, 100n, { maxFeePerGas: 21n, maxPriorityFeePerGas: 1n }],
    [10n, 21n, 1n, 15n, { maxFeePerGas: 15n, maxPriorityFeePerGas: 1n }],
    [10n, 50n, 30n, 15n, { maxFeePerGas: 15n, maxPriorityFeePerGas: 15n }],
    [10n, 21n, 1n, 9n, undefined],
  ])('base %i, fee %i, tip %i under %i', (baseFeePerGas, maxFeePerGas, tip, cap, expected) => {
    const wanted = { baseFeePerGas, maxFeePerGas, maxPriorityFeePerGas: tip };
    expect(capFees(wanted, cap)).toEqual(expected);
  });
});
