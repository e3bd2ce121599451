import { describe, expect, it } from 'vitest';
import {
  formatCompact,
  formatCount,
  formatDifference,
  formatMicro,
  formatMicroRounded,
  formatShare,
  formatUsd,
} from './format-number.js';

describe('formatCompact', () => {
  it.each([
    [0, '0'],
    [0.00012, '<0.001'],
    [12.345, '12.35'],
    [9999, '9,999'],
    [43_940, '43.94 k'],
    [558_800_582, '558.8 M'],
    [999_999_999, '1 bn'],
    [1_588_866_523, '1.59 bn'],
    [-1_000_000, '−1 M'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('%d is %s', (value, text) => expect(formatCompact(value)).toBe(text));
});

describe('formatShare', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.0787, '7.87 %'],
    [0.5013, '50.1 %'],
    [-0.9291, '−92.9 %'],
    [0.000_004, '<0.001 %'],
  ])('%d is %s', (value, text) => expect(formatShare(value)).toBe(text));
});

describe('formatUsd', () => {
  it.each([
    [0, '$0'],
    [0.0465, '$0.0465'],
    [0.000_000_123, '$1.23e-7'],
    [1, '$1'],
    [700_000, '$700 k'],
    [-0.5, '−$0.5'],
  ])('%d is %s', (value, text) => expect(formatUsd(value)).toBe(text));
});

describe('exact amounts', () => {
  it('keep every micro-token', () => {
    expect(formatMicro(1_588_866_523_000_000n)).toBe('1,588,866,523');
    expect(formatMicro(-1_500_000n)).toBe('−1.5');
    expect(formatCount(-1234567n)).toBe('−1,234,567');
  });

  it('round half away from zero to whole tokens and never hide a rest', () => {
    expect(formatMicroRounded(1_500_000n)).toBe('2');
    expect(formatMicroRounded(-1_499_999n)).toBe('−1');
    expect(formatMicroRounded(1n)).toBe('<1');
    expect(formatMicroRounded(0n)).toBe('0');
  });
});

describe('formatDifference', () => {
  it('signs gains and writes points for shares', () => {
    expect(formatDifference(0.02, 'share')).toBe('+2.00 pp');
    expect(formatDifference(-73.08, 'count')).toBe('−73.08');
  });
});
