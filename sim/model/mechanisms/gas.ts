import { defineMechanism } from '../mechanism.js';
import { chargeAccount, gasFee } from './charge-gas.js';
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
    'pool',
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
      // Other users of the chain are those who hold tokens off it or bought them on the market.
      const fee = gasFee(access, access.of('gas.backgroundGas')) * background;
      const payer = access.balance('others') >= fee ? 'others' : 'pool';
      chargeAccount(access, payer, background, 'gas.backgroundGas');
      const fees = access.balance('gasFees');
      access.add('gasFees', fees);
      access.add('transactions', access.get('transactions'));
      access.add('gasUsed', access.get('gasUsed'));
      access.add('revenueUsd', (fees / 1e6) * access.get('price'));
      const { mode, burnBasisPoints, payees } = access.plan.fees;
      const validators = payees.find(
        ({ account }) => access.word(`payees.${account}`) === 'validators',
      );
      const burnShare = mode === 'burn-all' ? 10_000 : mode === 'validators' ? 0 : burnBasisPoints;
      const burned = splitPayment(access, fees, burnShare, 'gasFees', 'validators');
      access.add('burnedGas', burned);
      const share =
        ((fees - burned) * (payees.length === 0 ? 10_000 : (validators?.basisPoints ?? 0))) /
        10_000;
      const count = Math.max(1, access.of('nodes.validators'));
      access.add('validatorUsd', ((share / 1e6) * access.get('price')) / count);
      access.set('transactions', 0);
      access.set('gasUsed', 0);
    },
  }),
});
