import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTokens, type Wei } from '../base/amount.js';
import { splitFee } from './fee-split.js';
import { type EmissionTerms, emittedAmount } from './programme-emission.js';
import { stakingReward } from './staking-reward.js';
import { type VestingTerms, vestedAmount } from './vested-amount.js';

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 300), seed: 0x4d415341 };
const wei = (value: bigint) => value as Wei;
const refused = (act: () => unknown, code = 'FORMULA_DOMAIN') =>
  expect(act).toThrowError(expect.objectContaining({ code }));
const vectorFile = (name: string) =>
  fileURLToPath(new URL(`../../contracts/test/vectors/${name}.json`, import.meta.url));
/** Columns of decimal strings, which forge reads as arrays of numbers. */
const columns = (rows: readonly Readonly<Record<string, bigint | number>>[]) => {
  const names = Object.keys(rows[0]!);
  const table = names.map((name) => [name, rows.map((row) => String(row[name]))]);
  return `${JSON.stringify(Object.fromEntries(table), null, 2)}\n`;
};
const supply = parseTokens('1588866523');
const month = 2_628_000n;
const grants = fc
  .record({
    amount: fc.oneof(fc.bigInt(1n, 1000n), fc.bigInt(1n, supply), fc.bigInt(1n, 2n ** 128n - 1n)),
    tgeMillionths: fc.bigInt(0n, 1_000_000n),
    start: fc.bigInt(1_700_000_000n, 1_900_000_000n),
    lockSeconds: fc.bigInt(0n, 100_000_000n),
    linearSeconds: fc.bigInt(0n, 200_000_000n),
    cliff: fc.boolean(),
  })
  .map(({ tgeMillionths, cliff, ...grant }): VestingTerms => {
    const lock = cliff ? grant.lockSeconds % (grant.linearSeconds + 1n) : grant.lockSeconds;
    const tgeAmount = wei((grant.amount * tgeMillionths) / 1_000_000n);
    const mode = cliff ? 'cliff' : 'lock-then-linear';
    return { ...grant, amount: wei(grant.amount), tgeAmount, lockSeconds: lock, mode };
  });

describe('vestedAmount', () => {
  const terms: VestingTerms = {
    amount: wei(1_000n),
    tgeAmount: wei(100n),
    start: 1_000n,
    lockSeconds: 6n * month,
    linearSeconds: 36n * month,
    mode: 'lock-then-linear',
  };

  it('given lock-then-linear, pays from zero after the lock (hand-computed)', () => {
    const at = (time: bigint) => vestedAmount(terms, time);
    expect(at(999n)).toBe(0n);
    expect(at(1_000n)).toBe(100n);
    expect(at(1_000n + 6n * month)).toBe(100n);
    expect(at(1_000n + 24n * month)).toBe(550n);
    expect(at(1_000n + 42n * month - 1n)).toBe(999n);
    expect(at(1_000n + 42n * month)).toBe(1_000n);
  });

  it('given cliff, pays the accrued lump at lock end (hand-computed)', () => {
    const at = (time: bigint) => vestedAmount({ ...terms, mode: 'cliff' }, time);
    expect(at(1_000n + 6n * month - 1n)).toBe(100n);
    expect(at(1_000n + 6n * month)).toBe(250n);
    expect(at(1_000n + 36n * month)).toBe(1_000n);
  });

  it('given no linear time, frees everything at lock end', () => {
    expect(vestedAmount({ ...terms, linearSeconds: 0n }, 1_000n + 6n * month)).toBe(1_000n);
  });

  it('given terms that the vault refuses, throws', () => {
    refused(() => vestedAmount({ ...terms, tgeAmount: wei(1_001n) }, 0n));
    refused(() => vestedAmount({ ...terms, mode: 'cliff', linearSeconds: 1n }, 0n));
    refused(() => vestedAmount(terms, -1n));
  });

  it('is the exact rational schedule rounded down, never falls, and ends with everything', () => {
    fc.assert(
      fc.property(grants, fc.bigInt(0n, 400_000_000n), (grant, after) => {
        const { amount, tgeAmount, start, lockSeconds, linearSeconds, mode } = grant;
        const vested = vestedAmount(grant, start + after);
        expect(vestedAmount(grant, start + after + 1n)).toBeGreaterThanOrEqual(vested);
        const end = start + lockSeconds + (mode === 'cliff' ? 0n : linearSeconds);
        if (mode !== 'cliff') expect(vestedAmount(grant, end)).toBe(amount);
        if (after < lockSeconds) return void expect(vested).toBe(tgeAmount);
        if (vested === amount) return;
        // v <= exact < v + 1, cross-multiplied.
        const elapsed = mode === 'cliff' ? after : after - lockSeconds;
        const exact = (amount - tgeAmount) * elapsed;
        expect((vested - tgeAmount) * linearSeconds <= exact).toBe(true);
        expect(exact < (vested - tgeAmount + 1n) * linearSeconds).toBe(true);
      }),
      runs,
    );
  });

  it('writes the vectors that the Solidity test reads', async () => {
    const rows = fc
      .sample(fc.tuple(grants, fc.double({ min: 0, max: 1.1, noNaN: true })), {
        numRuns: 400,
        seed: 7,
      })
      .map(([grant, position]) => {
        const { mode, ...numbers } = grant;
        const length = Number(grant.lockSeconds + grant.linearSeconds);
        const time = grant.start + BigInt(Math.floor(length * position));
        return {
          ...numbers,
          mode: mode === 'cliff' ? 1 : 0,
          time,
          vested: vestedAmount(grant, time),
        };
      });
    await expect(columns(rows)).toMatchFileSnapshot(vectorFile('vested-amount'));
  });
});

it('gives what the contract gave on the points it chose itself', () => {
  const path = fileURLToPath(
    new URL('../../contracts/test/vectors/from-solidity.csv', import.meta.url),
  );
  const rows = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
  expect(rows).toHaveLength(200);
  for (const row of rows) {
    const cells = row.split(',').map(BigInt);
    const [amount, tgeAmount, start, lockSeconds, linearSeconds, cliff, time, vested] = cells;
    const terms: VestingTerms = {
      amount: wei(amount!),
      tgeAmount: wei(tgeAmount!),
      start: start!,
      lockSeconds: lockSeconds!,
      linearSeconds: linearSeconds!,
      mode: cliff === 1n ? 'cliff' : 'lock-then-linear',
    };
    expect(vestedAmount(terms, time!), row).toBe(vested);
  }
});

describe('stakingReward', () => {
  it('reproduces the Ethereum snapshot but for 1 MASA of principal and 10^10 wei of reward', () => {
    const terms = [
      { staked: wei(6883971139565423685845000n), rate: 3_750_000n },
      { staked: wei(706126267386679711900000n), rate: 10_000_000n },
      { staked: wei(4391711991730005711286967n), rate: 18_750_000n },
    ];
    const total = terms.reduce((sum, { staked }) => sum + staked, 0n);
    const reward = terms.reduce((sum, { staked, rate }) => sum + stakingReward(staked, rate), 0n);
    expect(11981810398682109109031967n - total).toBe(10n ** 18n);
    expect(1152207542921757430275493n - reward).toBe(10n ** 10n);
    expect(stakingReward(parseTokens('1'), 1n)).toBe(10n ** 10n);
  });

  it('refuses negative operands', () => {
    refused(() => stakingReward(wei(-1n), 1n), 'AMOUNT_INVALID');
  });

  it('writes the vectors that the Solidity test reads', async () => {
    const inputs = fc.tuple(fc.bigInt(1n, supply), fc.bigInt(1n, 100_000_000n));
    const rows = fc
      .sample(inputs, { numRuns: 200, seed: 7 })
      .map(([amount, rate]) => ({ amount, rate, reward: stakingReward(wei(amount), rate) }));
    await expect(columns(rows)).toMatchFileSnapshot(vectorFile('staking-reward'));
  });
});

const shares = fc
  .array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 4 })
  .map((weights) => {
    const sum = weights.reduce((left, right) => left + right, 0);
    const floors = weights
      .slice(1)
      .map((weight) => Math.max(1, Math.floor((9_900 * weight) / sum)));
    return [10_000 - floors.reduce((left, right) => left + right, 0), ...floors];
  });

describe('splitFee', () => {
  it('burns every remainder (hand-computed)', () => {
    expect(splitFee(wei(1n), 0, [5_000, 5_000])).toEqual({ burned: 1n, credits: [0n, 0n] });
    expect(splitFee(wei(9_999n), 3_000, [4_000, 2_000, 1_000, 3_000])).toEqual({
      burned: 3_003n,
      credits: [2_799n, 1_399n, 699n, 2_099n],
    });
    expect(splitFee(wei(10_000n), 10_000, [])).toEqual({ burned: 10_000n, credits: [] });
  });

  it('given shares that are not whole, throws', () => {
    for (const [burn, payees] of [
      [3_000, []],
      [3_000, [9_999]],
      [10_001, [10_000]],
      [-1, [10_000]],
      [0, [10_000, 0]],
      [0.5, [10_000]],
    ] as const) {
      refused(() => splitFee(wei(1n), burn, payees));
    }
    refused(() => splitFee(wei(-1n), 0, [10_000]), 'AMOUNT_INVALID');
  });

  it('conserves every wei and burns at least the burn share', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, supply),
        fc.integer({ min: 0, max: 10_000 }),
        shares,
        (a, burn, of) => {
          const { burned, credits } = splitFee(wei(a), burn, of);
          expect(credits.reduce((sum, credit) => sum + credit, burned as bigint)).toBe(a);
          expect(burned * 10_000n).toBeGreaterThanOrEqual(a * BigInt(burn));
          expect(burned * 10_000n).toBeLessThan(a * BigInt(burn) + 10_000n * BigInt(of.length + 1));
        },
      ),
      runs,
    );
  });

  it('writes the vectors that the Solidity test reads', async () => {
    const inputs = fc.tuple(fc.bigInt(0n, supply), fc.integer({ min: 0, max: 10_000 }), shares);
    const rows = fc.sample(inputs, { numRuns: 100, seed: 7 }).map(([amount, burn, of]) => {
      const { burned, credits } = splitFee(wei(amount), burn, of);
      const row: Record<string, bigint | number> = { amount, burn, burned, count: of.length };
      for (let index = 0; index < 4; index += 1) {
        row[`share${index}`] = of[index] ?? 0;
        row[`credit${index}`] = credits[index] ?? 0n;
      }
      return row;
    });
    await expect(columns(rows)).toMatchFileSnapshot(vectorFile('fee-split'));
  });
});

describe('emittedAmount', () => {
  const year = 31_536_000;
  const terms: EmissionTerms = {
    budget: wei(900n),
    kind: 'two-year-halving',
    startSeconds: 100,
    durationSeconds: 2 * year,
  };

  it('given two-year-halving, pays two thirds in the first half (hand-computed)', () => {
    expect(emittedAmount(terms, 100)).toBe(0n);
    expect(emittedAmount(terms, 100 + year / 2)).toBe(300n);
    expect(emittedAmount(terms, 100 + year)).toBe(600n);
    expect(emittedAmount(terms, 100 + (3 * year) / 2)).toBe(750n);
    expect(emittedAmount(terms, 100 + 2 * year)).toBe(900n);
  });

  it('given linear, pays evenly; given epochs, pays when each ends', () => {
    expect(emittedAmount({ ...terms, kind: 'linear' }, 100 + year)).toBe(450n);
    const epochs = {
      ...terms,
      kind: 'epoch-budget',
      durationSeconds: 25,
      epochSeconds: 10,
    } as const;
    const at = (seconds: number) => emittedAmount(epochs, 100 + seconds);
    expect([at(9), at(10), at(20), at(24), at(25)]).toEqual([0n, 300n, 600n, 600n, 900n]);
  });

  it('given impossible times, throws', () => {
    refused(() => emittedAmount({ ...terms, durationSeconds: 0 }, 1));
    refused(() => emittedAmount({ ...terms, kind: 'epoch-budget' }, 1));
    refused(() => emittedAmount(terms, 0.5));
  });

  it('never falls and stays within the budget', () => {
    const kinds = fc.constantFrom<EmissionTerms['kind']>(
      'linear',
      'two-year-halving',
      'epoch-budget',
    );
    fc.assert(
      fc.property(kinds, fc.bigInt(0n, supply), fc.nat(3 * year), (kind, budget, seconds) => {
        const programme = { ...terms, kind, budget: wei(budget), epochSeconds: 864_000 };
        const emitted = emittedAmount(programme, seconds);
        expect(emitted).toBeLessThanOrEqual(budget);
        expect(emittedAmount(programme, seconds + 1)).toBeGreaterThanOrEqual(emitted);
      }),
      runs,
    );
  });
});
