import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatTokens,
  mulDivDown,
  parseTokens,
  parseWei,
  toMicroDown,
  WEI_PER_MICRO,
  WEI_PER_TOKEN,
  type Wei,
} from './amount.js';

const numRuns = Number(process.env.FUZZ_RUNS ?? 200);
const codeOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'no error';
};

describe('parseTokens', () => {
  it.each([
    ['0', 0n],
    ['1', 10n ** 18n],
    ['1.5', 1_500_000_000_000_000_000n],
    ['0.000000000000000001', 1n],
    ['1588866523', 1_588_866_523_000_000_000_000_000_000n],
    ['1_588_866_523', 1_588_866_523_000_000_000_000_000_000n],
    ['125043795.3601', 125_043_795_360_100_000_000_000_000n],
  ])('reads %s', (text, wei) => expect(parseTokens(text)).toBe(wei));

  it.each([
    '',
    ' ',
    '-1',
    '+1',
    '1e9',
    '1,000',
    '.5',
    '5.',
    '00',
    '01',
    '0x10',
    'NaN',
    'Infinity',
    '1 ',
    '0.0000000000000000001',
    '١',
    '1__0',
    '_1',
    '1_',
  ])('refuses %j', (text) => expect(codeOf(() => parseTokens(text))).toBe('AMOUNT_INVALID'));

  it('refuses numbers and says to quote them', () => {
    const read = () => parseTokens(1588866523 as unknown as string, 'token.supply');
    expect(read).toThrow(
      expect.objectContaining({ code: 'AMOUNT_INVALID', where: 'token.supply', exitCode: 2 }),
    );
    expect(read).toThrow(expect.objectContaining({ next: expect.stringContaining('quotation') }));
  });

  it('gives back what formatTokens wrote, for any amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n }), (wei) => {
        expect(parseTokens(formatTokens(wei as Wei))).toBe(wei);
      }),
      { numRuns },
    );
  });
});

describe('parseWei', () => {
  it('reads whole wei only', () => {
    expect(parseWei('42')).toBe(42n);
    expect(codeOf(() => parseWei('4.2'))).toBe('AMOUNT_INVALID');
  });
});

describe('formatTokens', () => {
  it.each([
    [0n, '0'],
    [1n, '0.000000000000000001'],
    [-1_500_000_000_000_000_000n, '-1.5'],
    [10n ** 18n, '1'],
  ])('writes %s wei', (wei, text) => expect(formatTokens(wei as Wei)).toBe(text));
});

describe('toMicroDown', () => {
  it('rounds down to millionths', () => {
    expect(toMicroDown((WEI_PER_MICRO * 2n - 1n) as Wei)).toBe(1n);
    expect(toMicroDown(WEI_PER_TOKEN as Wei)).toBe(1_000_000n);
  });
});

describe('mulDivDown', () => {
  it('is the largest q with q × d <= a × b', () => {
    const side = fc.bigInt({ min: 0n, max: 2n ** 128n });
    fc.assert(
      fc.property(side, side, fc.bigInt({ min: 1n, max: 2n ** 128n }), (a, b, d) => {
        const q = mulDivDown(a, b, d);
        expect(q * d <= a * b && (q + 1n) * d > a * b).toBe(true);
      }),
      { numRuns },
    );
  });

  it.each([
    [1n, 1n, 0n],
    [1n, 1n, -1n],
    [-1n, 1n, 1n],
    [1n, -1n, 1n],
  ])('refuses %s × %s / %s', (a, b, d) =>
    expect(codeOf(() => mulDivDown(a, b, d))).toBe('AMOUNT_INVALID'),
  );
});
