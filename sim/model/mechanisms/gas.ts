import { defineMechanism } from '../mechanism.js';
import { chargeAccount } from './charge-gas.js';
import { splitPayment } from './split-payment.js';

/** M6: gas of the day's actions and of other use of the chain, through the fee split. */
export const gas = defineMechanism({
  id: 'gas',
  about: 'M6: gas through the fee split',
  phase: 'gas',
  reads: [],
  writes: [],
  sets: ['transactions', 'gasUsed'],
  accounts: [
    'others',
    'gasFees',
    'blackhole',
    'contributorPool',
    'nodePool',
    'validators',
    'treasury',
  ],
  create: (access) => ({
    step(): void {
      const background = Math.round(access.of('gas.backgroundTransactionsPerDay'));
      chargeAccount(access, 'others', background, 'gas.backgroundGas');
      const fees = access.balance('gasFees');
      access.add('gasFees', fees);
      access.add('transactions', access.get('transactions'));
      access.add('gasUsed', access.get('gasUsed'));
      access.add('revenueUsd', (fees / 1e6) * access.get('price'));
      const { burnBasisPoints, payees } = access.plan.fees;
      const validators = payees.find(
        ({ account }) => access.word(`payees.${account}`) === 'validators',
      );
      const burned = splitPayment(access, fees, burnBasisPoints, 'gasFees');
      access.add('burnedGas', burned);
      const share = ((fees - burned) * (validators?.basisPoints ?? 0)) / 10_000;
      const count = Math.max(1, access.of('nodes.validators'));
      access.add('validatorUsd', ((share / 1e6) * access.get('price')) / count);
      access.set('transactions', 0);
      access.set('gasUsed', 0);
    },
  }),
});
