import { ToolkitError } from './errors.js';

declare const unit: unique symbol;

/** A token amount in the smallest unit of an 18-decimal token (1 MASA = 10^18 wei). */
export type Wei = bigint & { readonly [unit]: 'wei' };

/** A token amount in millionths of a token (10^12 wei), the unit of the fast simulation kernels. */
export type Micro = bigint & { readonly [unit]: 'micro' };

/** Wei per token: 10^18. */
export const WEI_PER_TOKEN = 10n ** 18n;
/** Wei per micro-token: 10^12. */
export const WEI_PER_MICRO = 10n ** 12n;

const pattern = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

/**
 * Reads a decimal token amount. Only strings are accepted: a number may already have lost digits.
 *
 * @param text Decimal tokens, e.g. `"1588866523"` or `"0.000001"`; underscores may group digits.
 * @returns The amount in wei.
 * @throws ToolkitError `AMOUNT_INVALID` (exit 2) for anything else: signs, exponents, more than 18 decimals, numbers.
 * @example parseTokens('1.5') // 1500000000000000000n
 */
export function parseTokens(text: string, where?: string): Wei {
  return parseDecimal(text, 18, where) as Wei;
}

/** Reads an integer number of wei from a decimal string. @throws ToolkitError `AMOUNT_INVALID`. @example parseWei('42') // 42n */
export function parseWei(text: string, where?: string): Wei {
  return parseDecimal(text, 0, where) as Wei;
}

/** Writes wei as exact decimal tokens without trailing zeros. @example formatTokens(1500000000000000000n as Wei) // '1.5' */
export function formatTokens(amount: Wei): string {
  const negative = amount < 0n;
  const absolute = negative ? -amount : amount;
  const fraction = (absolute % WEI_PER_TOKEN).toString().padStart(18, '0').replace(/0+$/, '');
  return `${negative ? '-' : ''}${absolute / WEI_PER_TOKEN}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Converts wei to micro-tokens, rounding down. @example toMicroDown(1999999999999n as Wei) // 1n */
export function toMicroDown(amount: Wei): Micro {
  return (amount / WEI_PER_MICRO) as Micro;
}

/** floor(a × b / denominator) on exact integers. @throws ToolkitError `AMOUNT_INVALID` when the denominator is not positive or an operand is negative. */
export function mulDivDown(a: bigint, b: bigint, denominator: bigint): bigint {
  if (denominator <= 0n || a < 0n || b < 0n) {
    throw new ToolkitError({
      code: 'AMOUNT_INVALID',
      message: `mulDivDown(${a}, ${b}, ${denominator}) is outside its domain.`,
      allowed: 'operands >= 0, denominator > 0',
    });
  }
  return (a * b) / denominator;
}

function parseDecimal(text: string, decimals: number, where: string | undefined): bigint {
  const match = typeof text === 'string' ? pattern.exec(text.replace(/(?<=\d)_(?=\d)/g, '')) : null;
  const fraction = match?.[2] ?? '';
  if (match === null || fraction.length > decimals) {
    throw new ToolkitError({
      code: 'AMOUNT_INVALID',
      message: `${JSON.stringify(text)} is not an amount.`,
      where,
      allowed: `a decimal string such as "1588866523"${decimals > 0 ? ` with at most ${decimals} decimals` : ' without a fraction'}, no sign, no exponent`,
      next: typeof text === 'number' ? 'Put quotation marks round the number.' : undefined,
      exitCode: 2,
    });
  }
  return BigInt(match[1]! + fraction.padEnd(decimals, '0'));
}
