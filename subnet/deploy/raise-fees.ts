/** Fees of a transaction, in wei per gas. */
export interface TransactionFees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** What pools ask of a replacement, and a little more, since they round. */
const bumpPercent = 112n;

/**
 * Fees of a transaction that is to replace a waiting one with the same nonce: both at least 12 % (and 1 wei) above the
 * old ones, not below what the chain asks for now, not above the cap. Pure.
 *
 * @param old Fees of the waiting transaction.
 * @param wanted What a fresh transaction would offer.
 * @param cap Highest `maxFeePerGas`.
 * @returns undefined when the cap leaves no room for a replacement that pools accept.
 * @example raiseFees({ maxFeePerGas: 100n, maxPriorityFeePerGas: 0n }, { maxFeePerGas: 90n, maxPriorityFeePerGas: 1n }, 1000n)
 * // { maxFeePerGas: 112n, maxPriorityFeePerGas: 1n }
 */
export function raiseFees(
  old: TransactionFees,
  wanted: TransactionFees,
  cap: bigint,
): TransactionFees | undefined {
  const least = {
    fee: raise(old.maxFeePerGas),
    tip: raise(old.maxPriorityFeePerGas),
  };
  const tip = larger(least.tip, wanted.maxPriorityFeePerGas);
  const fee = larger(larger(least.fee, wanted.maxFeePerGas), tip);
  if (fee <= cap) return { maxFeePerGas: fee, maxPriorityFeePerGas: tip };
  if (least.fee > cap || least.tip > cap) return undefined;
  return { maxFeePerGas: cap, maxPriorityFeePerGas: tip < cap ? tip : cap };
}

/**
 * Fees of a first transaction: what the chain asks for now, not above the cap.
 *
 * @returns undefined when the cap is below the base fee, so that the transaction would only wait.
 */
export function capFees(
  wanted: TransactionFees & { readonly baseFeePerGas: bigint },
  cap: bigint,
): TransactionFees | undefined {
  if (wanted.baseFeePerGas > cap) return undefined;
  const maxFeePerGas = wanted.maxFeePerGas < cap ? wanted.maxFeePerGas : cap;
  const tip = wanted.maxPriorityFeePerGas;
  return { maxFeePerGas, maxPriorityFeePerGas: tip < maxFeePerGas ? tip : maxFeePerGas };
}

const raise = (fee: bigint): bigint => larger((fee * bumpPercent + 99n) / 100n, fee + 1n);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
