import { pow } from '../../kernel/real-functions.js';
import { defineMechanism } from '../mechanism.js';
import { effortClasses } from './wallet-shares.js';

const SECONDS_PER_DAY = 86_400;

/** M1: a day of the epoch's budget, shared pro rata by points or at a fixed price per point; quests and surfing apart. */
export const contribution = defineMechanism({
  id: 'contribution',
  about: 'M1: points and budgets of quests and surfing',
  phase: 'contribution',
  reads: [],
  writes: [],
  sets: [
    'questAccumulator',
    'surfAccumulator',
    'pointValue',
    'incentiveUsd',
    'dataStock',
    'quality',
  ],
  accounts: ['contributorPool', 'questAccrued', 'surfAccrued'],
  create(access) {
    const of = (name: string) => access.of(`contribution.${name}`);
    const programme = access.plan.programmes.find(
      ({ id }) => id === access.word('contribution.programme'),
    );
    const days =
      programme?.epochSeconds === undefined ? 1 : programme.epochSeconds / SECONDS_PER_DAY;
    const accrue = (
      budget: number,
      shares: number,
      signal: 'questAccumulator' | 'surfAccumulator',
      account: string,
    ): number => {
      if (shares <= 0) return 0;
      const most = Math.floor(budget / shares);
      const each =
        access.word('contribution.payoutMode') === 'fixed-price'
          ? Math.min(most, Math.floor(of('fixedTokensPerPoint') * 1e5) * access.scale)
          : most;
      access.set(signal, access.get(signal) + each);
      access.move('contributorPool', account, each * shares);
      access.add('questPayouts', each * shares);
      return each;
    };
    const fade = () => pow(0.5, 1 / access.of('buyers.freshnessHalfLifeDays'));
    let firstStock = 0;
    let daily = 0;
    const meanEffort = effortClasses(access).reduce(
      (sum, { width, effort }) => sum + (width * effort) / 20,
      0,
    );
    return {
      start(): void {
        if (access.of('buyers.freshnessHalfLifeDays') > 0) {
          firstStock = Math.max(1, access.get('active')) / (1 - fade());
          access.set('dataStock', firstStock);
        }
        access.set('quality', 1);
        // Before the first payout people expect the reference.
        access.set('incentiveUsd', access.of('adoption.referenceIncentiveUsdPerDay'));
      },
      step(): void {
        // An epoch pays what it finds at its start, in equal days.
        const pool = access.balance('contributorPool');
        if (days <= 1 || access.day % days === 0) daily = Math.floor(pool / days);
        const budget = Math.min(daily, pool);
        const quests = access.kernel.mulDivFloor(budget, of('questBudgetBasisPoints'), 10_000);
        const questShares = access.get('questShares');
        const surfShares = access.get('surfShares');
        const quest = accrue(quests, questShares, 'questAccumulator', 'questAccrued');
        const surf = accrue(budget - quests, surfShares, 'surfAccumulator', 'surfAccrued');
        access.set('pointValue', surf * 10);
        const active = access.get('active');
        const earned =
          active > 0 ? (quest * questShares + surf * surfShares) / active / 1e6 / access.scale : 0;
        const cost =
          of('questShare') * of('questsPerActiveDay') * of('questCostUsd') * meanEffort +
          of('surfShare') * of('surfCostUsdPerDay');
        if (budget > 0)
          access.set('incentiveUsd', Math.max(0, earned * access.get('price') - cost));
        if (firstStock > 0) {
          access.set('dataStock', access.get('dataStock') * fade() + active);
          access.set(
            'quality',
            pow(
              Math.max(1e-6, access.get('dataStock') / firstStock),
              access.of('buyers.contributorExponent'),
            ),
          );
        }
        access.add('quality', access.get('quality'));
      },
    };
  },
});
