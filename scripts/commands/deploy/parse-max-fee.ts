import { ToolkitError } from '../../../genesis/base/errors.js';

/**
 * Reads a fee in gwei as wei.
 *
 * @throws ToolkitError `DEPLOY_BAD_FEE` (exit 2).
 * @example parseMaxFee('1.5') // 1500000000n
 */
export function parseMaxFee(text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(text);
  const wei =
    match === null
      ? 0n
      : BigInt(match[1]!) * 1_000_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'));
  if (wei > 0n) return wei;
  throw new ToolkitError({
    code: 'DEPLOY_BAD_FEE',
    message: `"${text}" is not a fee.`,
    where: '--max-fee',
    allowed: 'gwei as a decimal number above 0 with at most 9 places, e.g. 25 or 0.5',
    next: 'masa deploy run --dry-run shows the fee of this moment.',
    exitCode: 2,
  });
}
