import { mulDivDown, parseTokens, type Wei } from '../base/amount.js';
import type { AmountInput } from './plan-schema.js';

const percentScale = 1_000_000n;

/** Millionths of a percent in a percentage text. @example parseMicroPercent('3.75') // 3750000n */
export function parseMicroPercent(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * percentScale + BigInt(fraction.padEnd(6, '0') || '0');
}

interface AmountPart {
  readonly path: string;
  readonly amount: AmountInput;
}

/** Reports a problem of an amount at its path. */
export type ReportAmount = (path: string, message: string, allowed?: string) => void;

/**
 * Turns the parts of a whole into exact wei: percentages round down, `remainder` takes what is left, so that the parts
 * add up to `total` exactly. `equalTo` is looked up by the caller.
 *
 * @param base What percentages are of; the total itself when absent.
 * @returns One amount per part, in order; on a problem it has been reported and the sum is wrong.
 * @example resolveAmounts(10n, [{ amount: { percent: '33' } }, { amount: { remainder: true } }], …) // [3n, 7n]
 */
export function resolveAmounts(
  total: Wei,
  parts: readonly AmountPart[],
  report: ReportAmount,
  options: { readonly base?: Wei; readonly equalTo?: (id: string, path: string) => Wei } = {},
): Wei[] {
  const base = options.base ?? total;
  const amounts = parts.map(({ amount, path }): Wei => {
    if (amount.percent !== undefined) {
      return mulDivDown(base, parseMicroPercent(amount.percent), 100n * percentScale) as Wei;
    }
    if (amount.tokens !== undefined) return parseTokens(amount.tokens);
    if (amount.equalTo === undefined) return 0n as Wei;
    if (options.equalTo !== undefined) return options.equalTo(amount.equalTo, path);
    report(path, 'equalTo has no meaning here.', 'percent, tokens or remainder');
    return 0n as Wei;
  });
  const sum = amounts.reduce((left, right) => left + right, 0n);
  const rest = parts.flatMap(({ amount }, index) => (amount.remainder === true ? [index] : []));
  if (rest.length > 1) {
    report(parts[rest[1]!]!.path, 'Only one part may take the remainder.', 'one remainder');
    return amounts;
  }
  if (rest.length === 1) {
    if (sum > total) {
      report(parts[rest[0]!]!.path, `The other parts exceed the whole by ${sum - total} wei.`);
    } else amounts[rest[0]!] = (total - sum) as Wei;
  } else if (sum !== total) {
    const difference =
      sum > total ? `${sum - total} wei too much` : `${total - sum} wei too little`;
    const path = parts[0]?.path.split('.').slice(0, -2).join('.') ?? '(file)';
    report(
      path,
      `The parts add up to ${difference}.`,
      'parts that add up exactly; give one of them remainder: true',
    );
  }
  return amounts;
}
