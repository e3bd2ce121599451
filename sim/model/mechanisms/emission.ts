import { emittedAmount } from '../../../genesis/formulas/programme-emission.js';
import { defineMechanism } from '../mechanism.js';

const WEI_PER_MICRO = 1_000_000_000_000n;
const SECONDS_PER_DAY = 86_400;

/** Programmes pay their receivers by their schedules; never more than their bucket has released. */
export const emission = defineMechanism({
  id: 'emission',
  about: 'Emission of the programmes',
  phase: 'releases',
  after: ['vesting'],
  reads: [],
  writes: [],
  sets: [],
  accounts: ['programme:', 'contributorPool', 'nodePool', 'dataPool', 'others'],
  create(access) {
    const receivers: Readonly<Record<string, readonly [string, string]>> = {
      [access.word('contribution.programme')]: ['contributorPool', 'emittedContributors'],
      [access.word('nodes.programme')]: ['nodePool', 'emittedNodes'],
      [access.word('dataStaking.programme')]: ['dataPool', 'emittedData'],
    };
    const entries = access.plan.programmes.map((programme) => ({ programme, emitted: 0 }));
    return {
      step(): void {
        for (const entry of entries) {
          const [account, metric] = receivers[entry.programme.id] ?? ['others', undefined];
          const from = `programme:${entry.programme.id}`;
          const due = Number(
            emittedAmount(entry.programme, access.day * SECONDS_PER_DAY) / WEI_PER_MICRO,
          );
          const paid = Math.min(due - entry.emitted, access.balance(from));
          access.move(from, account, paid);
          access.add('emitted', paid);
          if (metric !== undefined) access.add(metric, paid);
          entry.emitted += paid;
        }
      },
    };
  },
});
