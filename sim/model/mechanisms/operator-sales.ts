import { defineMechanism } from '../mechanism.js';

/** M7: operators and validators sell what they earned. */
export const operatorSales = defineMechanism({
  id: 'operator-sales',
  about: 'M7: sales of operators and validators',
  phase: 'orders',
  after: ['holders'],
  reads: [],
  writes: [],
  sets: [],
  accounts: ['nodeFree', 'validators'],
  create: (access) => ({
    step(): void {
      const hazard = access.chance('nodes.rewardSalePerDay');
      for (const account of ['nodeFree', 'validators'])
        access.offer(account, Math.floor(access.balance(account) * hazard));
    },
  }),
});
