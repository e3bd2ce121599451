import { mulDivDown, type Wei } from '../base/amount.js';
import { ToolkitError } from '../base/errors.js';

const WHOLE = 10_000;

/** How an amount of fees was divided; burned + Σ credits = amount. */
export interface FeeSplit {
  readonly burned: Wei;
  /** In the order of the payees. */
  readonly credits: readonly Wei[];
}

/**
 * Splits fees; the formula of `FeeSplitter`. Every remainder is burned.
 *
 * Formula: rest = floor(amount × (10,000 - burn) / 10,000); credit_i = floor(rest × basisPoints_i / 10,000);
 * burned = amount - Σ credit_i.
 *
 * @param amount Wei.
 * @param burnBasisPoints Burned part of the whole.
 * @param payeeBasisPoints Shares of the unburned part, together 10,000; empty only if everything is burned.
 * @throws ToolkitError `FORMULA_DOMAIN` for shares that the contract refuses, `AMOUNT_INVALID` for a negative amount.
 * @example splitFee(9_999n as Wei, 3_000, [10_000]) // { burned: 3000n, credits: [6999n] }
 */
export function splitFee(
  amount: Wei,
  burnBasisPoints: number,
  payeeBasisPoints: readonly number[],
): FeeSplit {
  const sum = payeeBasisPoints.reduce((left, right) => left + right, 0);
  const shares = [burnBasisPoints, ...payeeBasisPoints];
  const whole = sum === WHOLE || (payeeBasisPoints.length === 0 && burnBasisPoints === WHOLE);
  const inRange = shares.every((share) => Number.isInteger(share) && share >= 0 && share <= WHOLE);
  if (!inRange || !whole || payeeBasisPoints.includes(0)) {
    throw new ToolkitError({
      code: 'FORMULA_DOMAIN',
      message: `Shares ${burnBasisPoints} (burn) and [${payeeBasisPoints.join(', ')}] do not make a whole.`,
      allowed: 'integers from 0 to 10,000; payees above 0 and together 10,000',
    });
  }
  const rest = mulDivDown(amount, BigInt(WHOLE - burnBasisPoints), BigInt(WHOLE));
  const credits = payeeBasisPoints.map(
    (share) => mulDivDown(rest, BigInt(share), BigInt(WHOLE)) as Wei,
  );
  const burned = credits.reduce((left, credit) => left - credit, amount as bigint) as Wei;
  return { burned, credits };
}
