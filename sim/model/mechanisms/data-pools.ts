import { exp } from '../../kernel/real-functions.js';
import { ACTIVE, type World } from '../world.js';
import { chargeGas } from './contribution.js';

/** M3, M4: wallets opt in with all or part of their data; pools and seeds pay them pro rata; leaving ends the flow. */
export function stepDataPools(world: World): void {
  const { kernel, wallets, parameters, ledger, day } = world;
  const of = (name: string) => parameters.of(`dataStaking.${name}`);
  const each =
    world.dataShares > 0
      ? Math.floor(ledger.of('dataPool') / Math.max(1, of('poolDays')) / world.dataShares)
      : 0;
  world.dataAccumulator += each;
  ledger.move('data-pools', 'dataPool', 'dataAccrued', each * world.dataShares);
  world.add('dataPayouts', each * world.dataShares);
  const settle = (members: Uint32Array) => {
    const sum = kernel.settle(
      members,
      wallets.dataShare,
      world.dataAccumulator,
      wallets.dataSettled,
      wallets.balance,
    );
    ledger.move('data-pools', 'dataAccrued', 'wallets', sum);
    world.events += members.length;
  };
  const full = 10;
  const part = Math.max(1, Math.round(10 * of('partialSharingWeight')));
  const fresh = kernel.filter(
    kernel
      .filter(
        kernel.skipSample(wallets.count, of('optInPerActiveDay'), day, 50),
        wallets.status,
        ACTIVE,
      )
      .slice(),
    wallets.dataShare,
    0,
  );
  const paid = chargeGas(world, fresh, parameters.of('gas.optInGas')).slice();
  settle(paid);
  kernel.assign(paid, wallets.dataShare, part);
  world.dataShares += paid.length * part;
  const all = kernel.thin(paid, of('fullSharingShare'), day, 51);
  kernel.assign(all, wallets.dataShare, full);
  world.dataShares += all.length * (full - part);
  for (const share of new Set([full, part])) {
    const out = kernel.filter(
      kernel.skipSample(wallets.count, of('optOutPerDay'), day, 52),
      wallets.dataShare,
      share,
    );
    settle(out);
    kernel.assign(out, wallets.dataShare, 0);
    world.dataShares -= out.length * share;
  }
  // Pool creators buy their budget on the market; large budgets are individual draws.
  const stream = world.stream(53);
  const pools = stream.poisson(of('poolsPerMonth') / 30.42);
  for (let pool = 0; pool < pools; pool += 1) {
    const usd = of('poolBudgetMedianUsd') * exp(of('poolBudgetSigma') * stream.normal());
    world.bids.push({ usd, account: 'dataPool', mechanism: 'data-pools' });
  }
}
