import type { Wei } from '../base/amount.js';
import type { ResolvedGrant, ResolvedPlan } from './resolved-plan.js';

/**
 * Tokens of one grant that the schedule has freed, rounded down to the wei.
 *
 * Formula: tge + (amount - tge) × elapsed / linear, where elapsed counts from the end of the lock (lock-then-linear) or
 * from the start, shown once the lock is over (cliff).
 *
 * @param seconds Seconds after the grant's start.
 */
export function unlockedOfGrant(grant: ResolvedGrant, seconds: number): Wei {
  if (seconds < 0) return 0n as Wei;
  const from = grant.mode === 'lock-then-linear' ? grant.lockSeconds : 0;
  const elapsed = BigInt(Math.floor(seconds - from));
  const rest = grant.amount - grant.tgeAmount;
  if (seconds < grant.lockSeconds) return grant.tgeAmount;
  if (elapsed >= BigInt(grant.linearSeconds)) return grant.amount;
  return (grant.tgeAmount + (rest * elapsed) / BigInt(grant.linearSeconds)) as Wei;
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
