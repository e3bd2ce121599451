import { unlockedOfGrant } from '../../../genesis/plan/unlocked-supply.js';
import { exp, log } from '../../kernel/real-functions.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';

const SECONDS_PER_DAY = 86_400;
const WEI_PER_MICRO = 1_000_000_000_000n;

/**
 * M9, M10: sales by groups of holders and by the treasury. Each person of a group sells what is free with a hazard that depends on gain or
 * loss; a hedged part goes over the counter. Unlocks that are known to come are sold in part before, by those who can.
 */
export const holders = defineMechanism({
  id: 'holders',
  about: 'M9, M10: sales of unlocked tokens',
  phase: 'orders',
  after: ['receipts'],
  reads: [],
  writes: [],
  sets: ['treasuryUsd'],
  accounts: ['holders:', 'treasury', 'others'],
  create(access) {
    const { plan } = access;
    // By name: the order of keys in a file decides nothing.
    const groups = Object.keys(plan.economy?.holders ?? {})
      .sort()
      .map((id, tag) => ({
        id,
        tag,
        treasury: access.word(`holders.${id}.kind`) === 'treasury',
      }));
    const grants = plan.allocation
      .filter(({ id }) => groups.some((group) => group.id === id && !group.treasury))
      .flatMap((group) => group.grants);
    const released = (day: number): number =>
      grants.reduce((sum, grant) => {
        const seconds = day * SECONDS_PER_DAY - (grant.start - plan.chain.timestamp);
        return sum + Number(unlockedOfGrant(grant, seconds) / WEI_PER_MICRO);
      }, 0);
    /** How much faster the coming days unlock than the past ones; 0 when they do not. */
    const rush = (): number => {
      const days = access.of('market.anticipationDays');
      if (days <= 0) return 0;
      const now = released(access.day);
      const coming = released(access.day + days) - now;
      const past = now - released(access.day - days);
      return coming > past ? (coming - past) / coming : 0;
    };
    return {
      step(): void {
        const hurry = 1 + access.of('market.anticipationShare') * rush();
        const price = access.get('price');
        for (const { usd, tag } of access.fills().offers) {
          if (groups[tag]?.treasury) access.set('treasuryUsd', access.get('treasuryUsd') + usd);
        }
        for (const { id, tag, treasury } of groups) {
          const of = (name: string) => access.of(`holders.${id}.${name}`);
          const account = treasury ? 'treasury' : `holders:${id}`;
          const cost = of('costBasisUsd');
          // Without a cost every price is a gain, of a size that cannot be told.
          const gain =
            of('dispositionWeight') * (price > cost ? 1 : 0) +
            (cost > 0 && price > 0 ? of('gainWeight') * log(price / cost) : of('gainWeight'));
          const hazard = of('salePerDay') * (treasury ? 1 : hurry) * Math.min(10, exp(gain));
          const chance = 1 - exp(-hazard);
          // A treasury pays its costs evenly; of people, each sells all that is free or nothing.
          const people = Math.max(1, Math.round(of('holders')));
          const sellers = treasury
            ? people * chance
            : access.stream(purposes.holders, tag + 1).binomial(people, chance);
          const millionths = Math.round((sellers / people) * 1e6);
          const amount = access.kernel.mulDivFloor(access.balance(account), millionths, 1_000_000);
          const hedged = Math.floor(amount * of('hedgedShare'));
          access.move(account, 'others', hedged);
          access.add('offMarket', hedged);
          access.offer(account, amount - hedged, tag);
        }
      },
    };
  },
});
