import { Calendar } from '../calendar.js';
import { ACTIVE } from '../columns.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';
import { chargeGas } from './charge-gas.js';
import { effortClasses } from './wallet-shares.js';

/**
 * M1: sales of what wallets received. Each claim is sold after a Weibull waiting time of its own; besides, every class
 * has a steady hazard of selling.
 */
export const receipts = defineMechanism({
  id: 'receipts',
  about: 'M1: sales of receipts',
  phase: 'orders',
  reads: ['status', 'claimedOn'],
  writes: ['balance'],
  sets: ['transactions', 'gasUsed'],
  accounts: ['wallets', 'gasFees'],
  create(access) {
    const { kernel, columns } = access;
    const of = (name: string) => access.of(`contribution.${name}`);
    const waiting = new Calendar();
    let days = new Float64Array(1024);
    const sell = (members: Uint32Array): void => {
      const sellers = chargeGas(
        access,
        kernel.filter(members, columns.status, ACTIVE),
        'gas.transferGas',
      );
      const millionths = Math.round(of('saleFraction') * 1e6);
      access.visit(sellers.length);
      access.offer('wallets', kernel.take(sellers, columns.balance, millionths));
    };
    return {
      step(): void {
        if (access.get('price') <= 0) return;
        // The claims of today are drawn again: the same call gives the same wallets.
        const claimed = kernel.filter(
          kernel.filter(
            kernel.skipSample(
              access.get('count'),
              access.chance('contribution.claimPerDay'),
              access.day,
              purposes.claims,
            ),
            columns.status,
            ACTIVE,
          ),
          columns.claimedOn,
          access.day,
        );
        if (days.length < claimed.length) days = new Float64Array(claimed.length * 2);
        kernel.weibullDays(
          claimed,
          of('saleWeibullShape'),
          of('saleWeibullScaleDays'),
          access.day,
          purposes.receiptDelay,
          days,
        );
        waiting.putEach(access.day, claimed, days, HORIZON);
        sell(waiting.take(access.day).wallets);
        for (const { id, offset, width } of effortClasses(access)) {
          sell(
            kernel.skipClass(
              access.get('count'),
              20,
              offset,
              width,
              access.chance(`contribution.${id}SalePerDay`),
              access.day,
              purposes[`${id}Sales`],
            ),
          );
        }
      },
    };
  },
});

/** Longer waits count as never: about ten years. */
const HORIZON = 3_653;
