import { defineMechanism } from '../mechanism.js';
import { chargeAccount } from './charge-gas.js';
import { splitPayment } from './split-payment.js';

/** M5: settlement of the day's payments: gas, then the split with its burned part. */
export const payments = defineMechanism({
  id: 'payments',
  about: 'M5: settlement of payments, part of them burned',
  phase: 'settlement',
  reads: [],
  writes: [],
  sets: ['transactions', 'gasUsed'],
  accounts: [
    'payments',
    'fees',
    'gasFees',
    'blackhole',
    'contributorPool',
    'nodePool',
    'validators',
    'treasury',
    'others',
  ],
  create: (access) => ({
    step(): void {
      chargeAccount(access, 'payments', access.get('payments'), 'gas.paymentGas');
      const amount = access.balance('payments');
      access.move('payments', 'fees', amount);
      access.add('converted', amount);
      access.add('burnedData', splitPayment(access, amount, access.of('buyers.burnBasisPoints')));
    },
  }),
});
