import { unlockedOfGrant } from '../../../genesis/plan/unlocked-supply.js';
import { defineMechanism } from '../mechanism.js';
import { planAccount } from './plan-accounts.js';

const WEI_PER_MICRO = 1_000_000_000_000n;
const SECONDS_PER_DAY = 86_400;

/** M9, M10: every grant is released by its exact schedule. */
export const vesting = defineMechanism({
  id: 'vesting',
  about: 'M9, M10: release of grants',
  phase: 'releases',
  reads: [],
  writes: [],
  sets: [],
  accounts: ['vault', 'others', 'treasury', 'faucet', 'stakingReserve', 'programme:', 'holders:'],
  create(access) {
    const { plan } = access;
    const grants = plan.allocation.flatMap((group) =>
      group.grants.map((grant) => ({
        grant,
        account: planAccount(plan, grant.account, group.id),
        released: 0,
      })),
    );
    return {
      step(): void {
        const seconds = access.day * SECONDS_PER_DAY;
        for (const entry of grants) {
          const after = entry.grant.start - plan.chain.timestamp;
          const due = Number(unlockedOfGrant(entry.grant, seconds - after) / WEI_PER_MICRO);
          access.move('vault', entry.account, due - entry.released);
          access.add('unlocked', due - entry.released);
          entry.released = due;
        }
      },
    };
  },
});
