import { Calendar } from '../calendar.js';
import { ACTIVE, LEFT } from '../columns.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';
import { chargeGas } from './charge-gas.js';

const FULL = 10;

/** M3: opting in with all or part of one's data for a term, renewing it, opting out; the end of sharing ends the flow. */
export const dataSharing = defineMechanism({
  id: 'data-sharing',
  about: 'M3: opting in to share data, terms, opting out',
  phase: 'contribution',
  after: ['soulbound'],
  reads: ['status'],
  writes: ['balance', 'dataShare', 'dataEnd', 'dataSettled'],
  sets: ['transactions', 'gasUsed', 'dataShares'],
  accounts: ['wallets', 'gasFees', 'dataAccrued'],
  create(access) {
    const { kernel, columns } = access;
    const of = (name: string) => access.of(`dataStaking.${name}`);
    const terms = new Calendar();
    const settle = (members: Uint32Array) => {
      const { dataShare, dataSettled, balance } = columns;
      const accumulator = access.get('dataAccumulator');
      const sum = kernel.settle(members, dataShare, accumulator, dataSettled, balance);
      access.move('dataAccrued', 'wallets', sum);
      access.visit(members.length);
    };
    const addShares = (change: number) =>
      access.set('dataShares', access.get('dataShares') + change);
    const begin = (members: Uint32Array) => {
      const end = access.day + of('termDays');
      kernel.assign(members, columns.dataEnd, Math.min(65_535, end));
      terms.putAll(end, members);
    };
    const stop = (members: Uint32Array) => {
      settle(members);
      addShares(-kernel.sumAt(members, columns.dataShare));
      kernel.assign(members, columns.dataShare, 0);
    };
    return {
      step(): void {
        const count = access.get('count');
        const part = Math.max(1, Math.min(FULL, Math.round(FULL * of('partialSharingWeight'))));
        const fresh = kernel.filter(
          kernel.filter(
            kernel.skipSample(
              count,
              access.chance('dataStaking.optInPerActiveDay'),
              access.day,
              purposes.optIns,
            ),
            columns.status,
            ACTIVE,
          ),
          columns.dataShare,
          0,
        );
        const joined = chargeGas(access, fresh, 'gas.optInGas').slice();
        kernel.assign(joined, columns.dataSettled, access.get('dataAccumulator'));
        begin(joined);
        kernel.assign(joined, columns.dataShare, part);
        const all = kernel.thin(
          joined.slice(),
          of('fullSharingShare'),
          access.day,
          purposes.fullSharing,
        );
        kernel.assign(all, columns.dataShare, FULL);
        addShares(kernel.sumAt(joined, columns.dataShare));

        // A term that ends today: some begin the next one at once. Whoever left early and came back has a later end.
        const due = kernel.exclude(
          kernel.filter(terms.take(access.day).distinct(), columns.dataEnd, access.day),
          columns.dataShare,
          0,
        );
        const renewed = kernel.thin(
          kernel.exclude(due.slice(), columns.status, LEFT),
          of('renewShare'),
          access.day,
          purposes.renewals,
        );
        begin(renewed);
        stop(kernel.filter(due, columns.dataEnd, access.day));

        const leaving = kernel.exclude(
          kernel.skipSample(
            count,
            access.chance('dataStaking.optOutPerDay'),
            access.day,
            purposes.optOuts,
          ),
          columns.dataShare,
          0,
        );
        stop(chargeGas(access, leaving, 'gas.optInGas'));
      },
    };
  },
});
