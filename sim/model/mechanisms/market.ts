import { exp } from '../../kernel/real-functions.js';
import type { World } from '../world.js';

/** The market: one batch a day at the uniform price p = (y + B) / (x + Q), through a pool of effective depth. */
export function createMarket(world: World) {
  const { parameters, ledger } = world;
  const of = (name: string) => parameters.of(`market.${name}`);
  return {
    start(): void {
      world.price = of('launchPriceUsd');
      if (world.price <= 0) return;
      const wanted = Math.floor(
        ((of('depthUsd') * Math.max(1, of('depthMultiple'))) / world.price) * 1e6,
      );
      const tokens = Math.min(wanted, Math.floor(ledger.of('treasury') * 0.8));
      ledger.move('liquidity', 'treasury', 'pool', tokens);
      world.poolUsd = (tokens / 1e6) * world.price;
    },
    clear(): void {
      const stream = world.stream(90);
      const days = 365;
      // Outside news moves the quotes; providers withdraw both sides in proportion.
      const jumps = stream.poisson(of('jumpsPerYear') / days);
      let news =
        of('driftPerDay') +
        of('dailyVolatility') * stream.normal() -
        (of('dailyVolatility') * of('dailyVolatility')) / 2;
      for (let jump = 0; jump < jumps; jump += 1)
        news += of('jumpMean') + of('jumpSigma') * stream.normal();
      world.poolUsd *= exp(news) * parameters.of('shock.price', 1);
      parameters.set('shock.price', 1);
      const withdrawn =
        world.poolUsd > of('minimumDepthUsd') ? 1 - exp(-of('depthDecayPerYear') / days) : 0;
      ledger.move('liquidity', 'pool', 'treasury', Math.floor(ledger.of('pool') * withdrawn));
      world.poolUsd *= 1 - withdrawn;
      // The treasury keeps the venue at its minimum depth, a tenth a day at most, without moving the price.
      const lack =
        of('minimumDepthUsd') > world.poolUsd && world.poolUsd > 0
          ? Math.min(0.1, of('minimumDepthUsd') / world.poolUsd - 1)
          : 0;
      const supplied = Math.floor(ledger.of('pool') * lack);
      if (supplied > 0 && supplied <= ledger.of('treasury')) {
        ledger.move('liquidity', 'treasury', 'pool', supplied);
        world.poolUsd *= 1 + lack;
      }
      const offered = world.offers.reduce((sum, { tokens }) => sum + tokens, 0);
      const bid = world.bids.reduce((sum, { usd }) => sum + usd, 0);
      const reserve = ledger.of('pool');
      if (reserve + offered <= 0 || world.poolUsd + bid <= 0) return;
      world.price = ((world.poolUsd + bid) / (reserve + offered)) * 1e6;
      ledger.move('market', 'orders', 'pool', offered);
      world.add('sold', offered);
      world.poolUsd += bid - (offered / 1e6) * world.price;
      for (const { usd, account, mechanism, received } of world.bids) {
        const tokens = Math.min(world.microOfUsd(usd), ledger.of('pool'));
        ledger.move(mechanism, 'pool', account, tokens);
        world.add('bought', tokens);
        received?.(tokens);
      }
      world.bids = [];
      world.offers = [];
    },
  };
}
