import type { Wei } from '../../../genesis/base/amount.js';
import { splitFee } from '../../../genesis/formulas/fee-split.js';
import type { Access } from '../access.js';

const receivers: Readonly<Record<string, string>> = {
  contributors: 'contributorPool',
  nodes: 'nodePool',
  validators: 'validators',
  treasury: 'treasury',
};

/**
 * Divides what the account `fees` (or `from`) holds of a payment as the splitter does; the remainder is burned.
 *
 * @param rest Who gets the unburned part under a plan without payees.
 * @returns Micro-tokens that were burned.
 */
export function splitPayment(
  access: Pick<Access, 'plan' | 'move' | 'word'>,
  amount: number,
  burnBasisPoints: number,
  from = 'fees',
  rest = 'treasury',
): number {
  if (amount <= 0) return 0;
  const { payees } = access.plan.fees;
  const { credits, burned } = splitFee(
    BigInt(amount) as Wei,
    Math.max(0, Math.min(10_000, Math.round(burnBasisPoints))),
    payees.length === 0 ? [10_000] : payees.map(({ basisPoints }) => basisPoints),
  );
  if (payees.length === 0) access.move(from, rest, Number(credits[0] ?? 0n));
  payees.forEach(({ account }, at) => {
    const to = receivers[access.word(`payees.${account}`)] ?? 'others';
    access.move(from, to, Number(credits[at] ?? 0n));
  });
  access.move(from, 'blackhole', Number(burned));
  return Number(burned);
}
