import { exp, pow } from '../../kernel/real-functions.js';
import type { Access } from '../access.js';
import { ACTIVE, DORMANT, LEFT } from '../columns.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';
import { settleRewards } from './settle-rewards.js';
import { sharePatterns } from './wallet-shares.js';

/** No scenario may move a hazard of staying or returning by more than this factor either way. */
const REACH = 2.5;

/** M15: Bass adoption with stall, dormancy, return and leaving. */
export const adoption = defineMechanism({
  id: 'adoption',
  about: 'M15: joining, falling dormant, returning, leaving',
  phase: 'population',
  reads: [],
  writes: [
    'status',
    'questShare',
    'surfShare',
    'balance',
    'questSettled',
    'surfSettled',
    'dataSettled',
    'soulbound',
  ],
  sets: ['count', 'active', 'dormant', 'left', 'questShares', 'surfShares', 'soulbound'],
  accounts: ['faucet', 'wallets', 'questAccrued', 'surfAccrued', 'contributorPool'],
  create(access) {
    const { kernel, columns } = access;
    const of = (name: string) => access.of(`adoption.${name}`);
    const patterns = sharePatterns(access);
    const join = (count: number, status: number): Uint32Array => {
      const from = access.get('count');
      const to = Math.min(access.room.wallets, from + count);
      kernel.fillPattern(from, to, columns.status, [status]);
      kernel.fillPattern(from, to, columns.questShare, patterns.quest);
      kernel.fillPattern(from, to, columns.surfShare, patterns.surf);
      kernel.fillPattern(from, to, columns.questSettled, [access.get('questAccumulator')]);
      kernel.fillPattern(from, to, columns.surfSettled, [access.get('surfAccumulator')]);
      kernel.fillPattern(from, to, columns.dataSettled, [access.get('dataAccumulator')]);
      access.set('count', to);
      const members = kernel.range(from, to);
      const name = status === ACTIVE ? 'active' : 'dormant';
      access.set(name, access.get(name) + to - from);
      if (status === ACTIVE) countShares(access, members, 1);
      return members;
    };
    return {
      start(): void {
        const wallets = Math.round(access.of('population.initialWallets') / access.scale);
        const active = Math.round(wallets * access.of('population.initialActiveShare'));
        join(active, ACTIVE);
        join(wallets - active, DORMANT);
        const vaults = kernel.skipSample(
          wallets,
          access.of('zksbt.initialShare'),
          0,
          purposes.joinMints,
        );
        kernel.assign(vaults, columns.soulbound, 1);
        access.set('soulbound', vaults.length);
      },
      step(): void {
        const room = access.room.wallets;
        const count = access.get('count');
        const incentive = Math.max(
          0.01,
          Math.min(100, access.get('incentiveUsd') / of('referenceIncentiveUsdPerDay')),
        );
        const rate =
          (of('innovationPerYear') + (of('imitationPerYear') * count) / Math.max(1, room)) / 365;
        const joins = access
          .stream(purposes.joins)
          .binomial(room - count, 1 - exp(-rate * pow(incentive, of('incentiveElasticity'))));
        const fresh = join(joins, ACTIVE);
        access.add('joins', fresh.length * access.scale);
        welcome(access, fresh);

        const usual = access.of('population.initialActiveShare');
        const norm = usual > 0 ? access.get('active') / Math.max(1, count) / usual : 1;
        const keep = Math.max(
          1 / REACH,
          Math.min(
            REACH,
            pow(incentive, of('retentionElasticity')) * pow(Math.max(1e-6, norm), of('normWeight')),
          ),
        );
        // Candidates come from a hazard that no scenario exceeds, acceptance is the wallet's own.
        const chance = (name: string, factor: number) => 1 - exp(-of(name) * factor);
        const sample = (name: string, purpose: number) =>
          kernel.skipSample(access.get('count'), chance(name, REACH), access.day, purpose);
        const kept = (name: string, factor: number) =>
          chance(name, factor) / Math.max(1e-300, chance(name, REACH));
        const back = kernel.thin(
          kernel.filter(sample('returnPerDay', purposes.returns), columns.status, DORMANT),
          kept('returnPerDay', keep),
          access.day,
          purposes.returnsKept,
        );
        kernel.assign(back, columns.status, ACTIVE);
        kernel.assign(back, columns.questSettled, access.get('questAccumulator'));
        kernel.assign(back, columns.surfSettled, access.get('surfAccumulator'));
        countShares(access, back, 1);
        const returned = back.length;

        const away = kernel.thin(
          kernel.filter(sample('dormancyPerDay', purposes.dormancy), columns.status, ACTIVE),
          kept('dormancyPerDay', 1 / keep),
          access.day,
          purposes.dormancyKept,
        );
        settleRewards(access, away);
        countShares(access, away, -1);
        kernel.assign(away, columns.status, DORMANT);
        access.set('active', access.get('active') + returned - away.length);
        const dormant = access.get('dormant') - returned + away.length;

        const gone = kernel.filter(
          kernel.skipSample(
            count,
            access.chance('adoption.leavePerDay'),
            access.day,
            purposes.leaves,
          ),
          columns.status,
          DORMANT,
        );
        kernel.assign(gone, columns.status, LEFT);
        access.set('dormant', dormant - gone.length);
        access.set('left', access.get('left') + gone.length);
        access.add('leaves', gone.length * access.scale);
        access.visit(returned + gone.length + joins);
      },
    };
  },
});

function countShares(
  access: Access<'questShare' | 'surfShare'>,
  members: Uint32Array,
  sign: 1 | -1,
): void {
  const { kernel, columns } = access;
  const { questShare, surfShare } = columns;
  access.set('questShares', access.get('questShares') + sign * kernel.sumAt(members, questShare));
  access.set('surfShares', access.get('surfShares') + sign * kernel.sumAt(members, surfShare));
}

/** First gas from the faucet as long as it has some, and the points of a first social link. */
function welcome(access: Access<never, 'balance'>, fresh: Uint32Array): void {
  const { kernel, columns, scale } = access;
  const pay = (from: string, wanted: number) => {
    const each = Math.min(wanted, Math.floor(access.balance(from) / Math.max(1, fresh.length)));
    access.move(from, 'wallets', kernel.give(fresh, columns.balance, each));
  };
  pay('faucet', Math.round(access.of('gas.faucetTokens') * 1e6) * scale);
  pay(
    'contributorPool',
    Math.floor(access.of('contribution.socialLinkPoints') * access.get('pointValue')),
  );
}
