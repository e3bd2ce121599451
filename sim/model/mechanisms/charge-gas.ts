import type { Access } from '../access.js';

/** Micro-tokens of this much gas at the paid price. */
export function gasFee(access: Pick<Access, 'plan' | 'of'>, gas: number): number {
  const price = Number(access.plan.chain.feeConfig.minBaseFee);
  return Math.floor((gas * price * Math.max(1, access.of('gas.priceMultiple'))) / 1e12);
}

/** M6: gas of one action each, paid from the wallet's balance; returns who could pay. */
export function chargeGas(
  access: Access<never, 'balance'>,
  members: Uint32Array,
  path: string,
): Uint32Array {
  const gas = access.of(path);
  const fee = gasFee(access, gas) * access.scale;
  const payers = access.kernel.charge(members, access.columns.balance, fee);
  access.move('wallets', 'gasFees', fee * payers.length);
  countGas(access, payers.length * access.scale, gas);
  return payers;
}

/** Gas that an account pays for several transactions, as far as it can. */
export function chargeAccount(access: Access, account: string, count: number, path: string): void {
  const gas = access.of(path);
  const fee = gasFee(access, gas);
  const paid = fee > 0 ? Math.min(count, Math.floor(access.balance(account) / fee)) : count;
  access.move(account, 'gasFees', fee * paid);
  countGas(access, paid, gas);
}

function countGas(access: Pick<Access, 'get' | 'set'>, count: number, gas: number): void {
  access.set('transactions', access.get('transactions') + count);
  access.set('gasUsed', access.get('gasUsed') + count * gas);
}
