import type { World } from '../world.js';

/** M6: gas of the day's actions and of other use of the chain, through the fee split. */
export function stepGas(world: World): void {
  const { parameters, ledger, plan } = world;
  const background = Math.round(parameters.of('gas.backgroundTransactionsPerDay'));
  const micro =
    (Number(plan.chain.feeConfig.minBaseFee) * Math.max(1, parameters.of('gas.priceMultiple', 1))) /
    1e12;
  const fee = Math.min(
    ledger.of('others'),
    Math.floor(background * parameters.of('gas.backgroundGas') * micro),
  );
  ledger.move('gas', 'others', 'gasFees', fee);
  world.transactions += background;
  const fees = ledger.of('gasFees');
  world.add('gasFees', fees);
  world.add('transactions', world.transactions);
  world.add('revenueUsd', (fees / 1e6) * world.price);
  world.add('burnedGas', world.splitFee('gas', 'gasFees', fees, plan.fees.burnBasisPoints));
}
