import { log } from '../../kernel/real-functions.js';
import type { World } from '../world.js';

/** Speculative orders: fundamentalists pull to a multiple of yearly sales, chartists follow the trend, noise trades. */
export function createSpeculators(world: World) {
  const { parameters, ledger } = world;
  const of = (name: string) => parameters.of(`speculators.${name}`);
  let sales = parameters.of('buyers.launchDemandUsdPerMonth') / 30.42;
  let trend = 0;
  let last = 0;
  return {
    step(): void {
      if (of('enabled') <= 0 || world.price <= 0) return;
      const memory = 1 / Math.max(1, of('memoryDays'));
      if (last > 0) trend += (log(world.price / last) - trend) * memory;
      last = world.price;
      sales += ((world.today.revenueUsd ?? 0) - sales) * memory;
      const circulating = (ledger.supply - ledger.of('vault') - ledger.of('blackhole')) / 1e6;
      const fundamental = (of('priceToSales') * sales * 365) / Math.max(1, circulating);
      const gap = fundamental > 0 ? Math.max(-2, Math.min(2, log(fundamental / world.price))) : 0;
      const usd =
        of('capitalUsd') *
          (of('fundamentalistShare') * gap +
            of('chartistShare') * of('chartistStrength') * trend * 30) +
        of('noiseShare') * of('noiseUsdPerDay') * world.stream(91).normal();
      if (usd > 0) world.bids.push({ usd, account: 'speculators', mechanism: 'speculators' });
      else
        world.offer(
          'speculators',
          'speculators',
          Math.min(ledger.of('speculators'), world.microOfUsd(-usd)),
        );
    },
  };
}
