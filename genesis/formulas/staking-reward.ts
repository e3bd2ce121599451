import { mulDivDown, type Wei } from '../base/amount.js';

/** Micro-percent of the whole: 100 % with six decimals. */
export const MICRO_PERCENT_WHOLE = 100_000_000n;

/**
 * Reward of a stake for its whole term; the formula of `MasaStaking`.
 *
 * Formula: floor(amount × rewardMicroPercent / 10^8).
 *
 * @param amount Principal, wei.
 * @param rewardMicroPercent Rate for the term in micro-percent: 3,750,000 = 3.75 %.
 * @throws ToolkitError `AMOUNT_INVALID` for negative operands.
 * @example stakingReward(parseTokens('100'), 3_750_000n) // 3.75 MASA
 */
export function stakingReward(amount: Wei, rewardMicroPercent: bigint): Wei {
  return mulDivDown(amount, rewardMicroPercent, MICRO_PERCENT_WHOLE) as Wei;
}
