import { ACTIVE } from '../columns.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';
import { chargeGas } from './charge-gas.js';
import { settleRewards } from './settle-rewards.js';

/** M1: claims of what has accrued, gas out of the claim. */
export const claims = defineMechanism({
  id: 'claims',
  about: 'M1: claims of rewards',
  phase: 'contribution',
  after: ['contribution'],
  reads: ['status', 'questShare', 'surfShare'],
  writes: ['balance', 'questSettled', 'surfSettled', 'claimedOn'],
  sets: ['transactions', 'gasUsed'],
  accounts: ['wallets', 'questAccrued', 'surfAccrued', 'gasFees'],
  create(access) {
    const { kernel, columns } = access;
    return {
      step(): void {
        const chance = access.chance('contribution.claimPerDay');
        const hits = kernel.filter(
          kernel.skipSample(access.get('count'), chance, access.day, purposes.claims),
          columns.status,
          ACTIVE,
        );
        const { questShare, surfShare, questSettled, surfSettled } = columns;
        const worthIt = kernel.withRewards(
          hits,
          {
            shares: questShare,
            accumulator: access.get('questAccumulator'),
            settled: questSettled,
          },
          { shares: surfShare, accumulator: access.get('surfAccumulator'), settled: surfSettled },
          Math.round(access.of('contribution.minimumClaimTokens') * 1e6) * access.scale,
        );
        settleRewards(access, worthIt);
        kernel.assign(worthIt, columns.claimedOn, Math.min(65_535, access.day));
        chargeGas(access, worthIt, 'gas.claimGas');
      },
    };
  },
});
