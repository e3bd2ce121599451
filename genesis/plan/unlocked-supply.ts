import type { Wei } from '../base/amount.js';
import { vestedAmount } from '../formulas/vested-amount.js';
import type { ResolvedGrant, ResolvedPlan } from './resolved-plan.js';

/**
 * Tokens of one grant that the schedule has freed, rounded down to the wei: `vestedAmount` in the plan's terms.
 *
 * @param seconds Seconds after the grant's start; nothing is free before it.
 */
export function unlockedOfGrant(grant: ResolvedGrant, seconds: number): Wei {
  if (seconds < 0) return 0n as Wei;
  const { amount, tgeAmount, mode } = grant;
  const lockSeconds = BigInt(grant.lockSeconds);
  const linearSeconds = BigInt(grant.linearSeconds);
  const terms = { amount, tgeAmount, start: 0n, lockSeconds, linearSeconds, mode };
  return vestedAmount(terms, BigInt(Math.floor(seconds)));
}

/**
 * Unlocked supply: everything liquid in block 0 plus what the vesting schedules have freed. One of two meanings of
 * "circulating"; the other also leaves out what the treasury and reserves hold.
 *
 * @param seconds Seconds after genesis.
 * @returns Wei, by group and together.
 * @example unlockedSupply(plan, 0).total // what is free at TGE
 */
export function unlockedSupply(
  plan: Pick<ResolvedPlan, 'allocation' | 'chain'>,
  seconds: number,
): { readonly total: Wei; readonly groups: Readonly<Record<string, Wei>> } {
  let total = 0n;
  const groups: Record<string, Wei> = {};
  for (const group of plan.allocation) {
    let sum = group.liquid.reduce((left, { amount }) => left + amount, 0n);
    for (const grant of group.grants) {
      sum += unlockedOfGrant(grant, seconds - (grant.start - plan.chain.timestamp));
    }
    groups[group.id] = sum as Wei;
    total += sum;
  }
  return { total: total as Wei, groups };
}
