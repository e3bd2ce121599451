import { ACTIVE, type World } from '../world.js';

/** M1: the day's budget is shared pro rata by effort; wallets claim, and sell part of what they hold. */
export function accrueContributions(world: World): void {
  const { ledger, wallets, parameters } = world;
  const programme = world.plan.programmes.find(
    ({ id }) =>
      id ===
      (world.plan.economy as { contribution?: { programme: string } } | undefined)?.contribution
        ?.programme,
  );
  const days = programme?.epochSeconds === undefined ? 1 : programme.epochSeconds / 86_400;
  const budget = Math.floor(ledger.of('contributorPool') / days);
  const each = wallets.shares > 0 ? Math.floor(budget / wallets.shares) : 0;
  world.accumulator += each;
  ledger.move('contribution', 'contributorPool', 'accrued', each * wallets.shares);
  world.add('questPayouts', each * wallets.shares);
  const perWallet =
    wallets.active > 0 ? (each * wallets.shares) / wallets.active / 1e6 / world.scale : 0;
  parameters.set('state.incentiveUsd', perWallet * world.price);
}

/** Claims through the accumulator, gas out of what was claimed. */
export function claimContributions(world: World): void {
  const { kernel, wallets, parameters, day } = world;
  const hits = kernel.filter(
    kernel.skipSample(wallets.count, parameters.of('contribution.claimPerDay'), day, 20),
    wallets.status,
    ACTIVE,
  );
  world.settle('claim', hits);
  chargeGas(world, hits, parameters.of('gas.claimGas'));
}

/** Sales of receipts, by class of effort. */
export function sellReceipts(world: World): void {
  const { kernel, wallets, parameters, day } = world;
  const millionths = Math.round(parameters.of('contribution.saleFraction') * 1e6);
  for (const [at, { id, offset, width }] of world.classes.entries()) {
    const members = Math.floor(wallets.count / 20) * width;
    const hits = kernel.skipSample(
      members,
      parameters.of(`contribution.${id}SalePerDay`),
      day,
      30 + at,
    );
    for (let k = 0; k < hits.length; k += 1) {
      const place = hits[k]!;
      hits[k] = Math.floor(place / width) * 20 + offset + (place % width);
    }
    const sellers = kernel.filter(hits, wallets.status, ACTIVE);
    const sold = kernel.take(sellers, wallets.balance, millionths);
    world.events += sellers.length;
    world.offer('contribution', 'wallets', sold);
  }
}

/** M6: gas of one action each, paid from the wallet's balance through the fee split; returns who could pay. */
export function chargeGas(world: World, members: Uint32Array, gas: number): Uint32Array {
  const { kernel, wallets, parameters, plan } = world;
  const price =
    (Number(plan.chain.feeConfig.minBaseFee) * Math.max(1, parameters.of('gas.priceMultiple', 1))) /
    1e12;
  const fee = Math.floor(gas * price) * world.scale;
  const payers = kernel.charge(members, wallets.balance, fee);
  world.ledger.move('gas', 'wallets', 'gasFees', fee * payers.length);
  world.transactions += payers.length * world.scale;
  return payers;
}
