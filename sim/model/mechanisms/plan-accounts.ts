import type { ResolvedPlan } from '../../../genesis/plan/resolved-plan.js';

/** The ledger account behind an account of the plan, within an allocation group. */
export function planAccount(plan: ResolvedPlan, account: string, group: string): string {
  const { economy } = plan;
  if (account === plan.staking?.reserveAccount) return 'stakingReserve';
  const programme = plan.programmes.find((one) => one.account === account);
  if (programme !== undefined) return `programme:${programme.id}`;
  if (account === economy?.market.treasuryAccount) return 'treasury';
  if (account === economy?.gas.faucetAccount) return 'faucet';
  const kind = economy?.holders[group]?.kind;
  return kind === undefined || kind === 'treasury' ? 'others' : `holders:${group}`;
}
