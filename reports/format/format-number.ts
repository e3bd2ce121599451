import type { FigureFormat } from '../report-input.js';

const MINUS = '\u2212';
const suffixes = [
  [1e12, 'T'],
  [1e9, 'bn'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** A number with at most four significant digits and a short suffix. @example formatCompact(558_800_582) // '558.8 M' */
export function formatCompact(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : '';
  if (size < 9999.5) return sign + formatPlain(size);
  for (const [unit, suffix] of suffixes) {
    if (size >= unit * 0.99995) return `${sign}${formatPlain(size / unit)} ${suffix}`;
  }
  return sign + formatPlain(size);
}

/** A share of one as a percentage. @example formatShare(0.2534) // '25.3 %' */
export function formatShare(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const percent = value * 100;
  const size = Math.abs(percent);
  const digits = size === 0 || size >= 99.995 ? 0 : size >= 9.995 ? 1 : size >= 0.0995 ? 2 : 3;
  const text = size > 0 && size < 0.0005 ? '<0.001' : size.toFixed(digits);
  return `${percent < 0 && !text.startsWith('<') ? MINUS : ''}${text} %`;
}

/** Dollars: cents for prices, compact for sums. @example formatUsd(0.0465) // '$0.0465' */
export function formatUsd(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : '';
  if (size === 0) return '$0';
  if (size < 0.000001) return `${sign}$${size.toExponential(2)}`;
  if (size < 1) return `${sign}$${trim(size.toPrecision(3))}`;
  return `${sign}$${formatCompact(size)}`;
}

/** A whole number with thin groups of three. @example formatCount(1400000) // '1,400,000' */
export function formatCount(value: number | bigint): string {
  const text = typeof value === 'bigint' ? value.toString() : Math.round(value).toString();
  return text.replace(/^-/, MINUS).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** Writes a figure by its kind. */
export function formatFigure(value: number, format: FigureFormat): string {
  switch (format) {
    case 'usd':
      return formatUsd(value);
    case 'share':
      return formatShare(value);
    case 'count':
    case 'tokens':
      return formatCompact(value);
  }
}

/** A signed difference in the same unit; a share's difference is in percentage points. */
export function formatDifference(value: number, format: FigureFormat): string {
  const sign = value > 0 ? '+' : '';
  if (format === 'share') return `${sign}${formatShare(value).replace(' %', ' pp')}`;
  return sign + formatFigure(value, format);
}

/** Exact micro-tokens as whole tokens with grouped digits and, when there are any, up to six decimals. @example formatMicro(1_500_000n) // '1.5' */
export function formatMicro(micro: bigint): string {
  const size = micro < 0n ? -micro : micro;
  const fraction = size % 1_000_000n;
  const whole = formatCount(size / 1_000_000n);
  return `${micro < 0n ? MINUS : ''}${whole}${fraction === 0n ? '' : `.${fraction.toString().padStart(6, '0').replace(/0+$/, '')}`}`;
}

/** Micro-tokens rounded to whole tokens with grouped digits. @example formatMicroRounded(1_500_000n) // '2' */
export function formatMicroRounded(micro: bigint): string {
  const size = micro < 0n ? -micro : micro;
  const whole = (size + 500_000n) / 1_000_000n;
  if (whole === 0n && size > 0n) return '<1';
  return `${micro < 0n ? MINUS : ''}${formatCount(whole)}`;
}

/** Micro-tokens as a number of tokens, for drawing only. */
export function microToTokens(micro: bigint): number {
  return Number(micro) / 1e6;
}

function formatPlain(size: number): string {
  if (size === 0) return '0';
  if (size < 0.001) return '<0.001';
  if (size >= 1000) return formatCount(size);
  if (size >= 100) return trim(size.toFixed(1));
  if (size >= 10) return trim(size.toFixed(2));
  return trim(size.toPrecision(3));
}

function trim(text: string): string {
  return text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text;
}
