import type { Wei } from '../base/amount.js';
import { ToolkitError } from '../base/errors.js';
import type { VestingMode } from '../plan/resolved-plan.js';

/** Terms of a grant, as the vesting vault holds them. */
export interface VestingTerms {
  readonly amount: Wei;
  /** Part of `amount` that is free at `start`. */
  readonly tgeAmount: Wei;
  /** Unix seconds. */
  readonly start: bigint;
  readonly lockSeconds: bigint;
  /** Linear time: after the lock (lock-then-linear) or from the start (cliff). */
  readonly linearSeconds: bigint;
  readonly mode: VestingMode;
}

/**
 * Wei that have vested by a time; the formula of `VestingVault` (contracts/src/libraries/VestingSchedule.sol).
 *
 * Formula: 0 before the start, `tgeAmount` in the lock, then `tgeAmount + floor((amount - tgeAmount) × elapsed /
 * linearSeconds)`, at most `amount`, where elapsed counts from lock end (lock-then-linear) or from the start (cliff).
 *
 * @param time Unix seconds.
 * @throws ToolkitError `FORMULA_DOMAIN` for terms that the vault refuses or a negative time.
 * @example vestedAmount({ amount: 100n, tgeAmount: 0n, start: 0n, lockSeconds: 10n, linearSeconds: 50n, mode: 'cliff' }, 10n) // 20n
 */
export function vestedAmount(terms: VestingTerms, time: bigint): Wei {
  const { amount, tgeAmount, start, lockSeconds, linearSeconds, mode } = terms;
  const numbers = [amount, tgeAmount, start, lockSeconds, linearSeconds, time];
  const lockTooLong = mode === 'cliff' && lockSeconds > linearSeconds;
  if (numbers.some((number) => number < 0n) || tgeAmount > amount || lockTooLong) {
    throw new ToolkitError({
      code: 'FORMULA_DOMAIN',
      message: `No grant vests like ${mode}, amount ${amount}, TGE ${tgeAmount}, start ${start}, lock ${lockSeconds}, linear ${linearSeconds} at ${time}.`,
      allowed: 'numbers >= 0, tgeAmount <= amount; in mode cliff lockSeconds <= linearSeconds',
    });
  }
  const lockEnd = start + lockSeconds;
  if (time < start) return 0n as Wei;
  if (time < lockEnd) return tgeAmount;
  const elapsed = time - (mode === 'cliff' ? start : lockEnd);
  if (elapsed >= linearSeconds) return amount;
  return (tgeAmount + ((amount - tgeAmount) * elapsed) / linearSeconds) as Wei;
}
