import { ACTIVE, type World } from '../world.js';
import { chargeGas } from './contribution.js';

/** M2: zkSBT mints and management; a fee in MASA, part of it burned. */
export function stepSoulbound(world: World): void {
  const { kernel, wallets, parameters, ledger, day } = world;
  const of = (name: string) => parameters.of(`zksbt.${name}`);
  const pay = (members: Uint32Array, usd: number, gas: number) => {
    const fee = world.microOfUsd(usd * world.scale);
    const payers = kernel.charge(chargeGas(world, members, gas), wallets.balance, fee);
    ledger.move('zksbt', 'wallets', 'fees', fee * payers.length);
    world.add(
      'burnedZksbt',
      world.splitFee('zksbt', 'fees', fee * payers.length, of('burnBasisPoints')),
    );
    world.add('revenueUsd', usd * world.scale * payers.length);
    world.events += payers.length;
    return payers;
  };
  const active = (p: number, purpose: number) =>
    kernel.filter(kernel.skipSample(wallets.count, p, day, purpose), wallets.status, ACTIVE);
  const minters = kernel.filter(active(of('mintPerActiveDay'), 40), wallets.soulbound, 0);
  const minted = pay(minters, of('mintFeeUsd'), parameters.of('gas.mintGas'));
  kernel.assign(minted, wallets.soulbound, 1);
  world.soulbound += minted.length;
  const managers = kernel.filter(
    active(Math.min(1, of('managePerMonth') / 30.42), 41),
    wallets.soulbound,
    1,
  );
  pay(managers, of('manageFeeUsd'), parameters.of('gas.manageGas'));
}
