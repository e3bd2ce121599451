import { exp, pow } from '../../kernel/real-functions.js';
import { Stream } from '../../kernel/stream.js';
import type { World } from '../world.js';

/** M5: buyers one by one with log-normal budgets; what they pay is converted to MASA on the market, part is burned. */
export function createBuyers(world: World) {
  const { parameters } = world;
  const of = (name: string) => parameters.of(`buyers.${name}`);
  const budgets: number[] = [];
  const ends: number[] = [];
  let serial = 0;
  const arrive = (end: number) => {
    const sigma = of('budgetSigma');
    const mean = of('initialBuyers') > 0 ? of('launchDemandUsdPerMonth') / of('initialBuyers') : 0;
    serial += 1;
    const own = new Stream(world.key, 0, 61, serial);
    // Mean of the log-normal law is the mean budget, whatever its spread.
    budgets.push(mean * exp(sigma * own.normal() - (sigma * sigma) / 2));
    ends.push(end);
  };
  const term = Math.max(1, Math.round(of('contractMonths') * 30.42));
  for (let buyer = 0; buyer < of('initialBuyers'); buyer += 1) arrive(1 + ((buyer * 7) % term));
  const initialActive = Math.max(
    1,
    parameters.of('population.initialWallets') * parameters.of('population.initialActiveShare'),
  );
  return {
    get active() {
      return budgets.length;
    },
    step(): void {
      const stream = world.stream(60);
      const quality = pow(
        Math.max(1e-6, (world.wallets.active * world.scale) / initialActive),
        of('contributorExponent'),
      );
      const demand =
        pow(1 + of('demandGrowthPerMonth'), world.day / 30.42) *
        pow(quality, of('qualityElasticity')) *
        parameters.of('shock.demand', 1);
      for (let buyer = budgets.length - 1; buyer >= 0; buyer -= 1) {
        if (ends[buyer]! > world.day) continue;
        if (
          stream.uniform() < Math.min(1, of('renewalShare') * pow(quality, of('qualityElasticity')))
        )
          ends[buyer] = world.day + term;
        else {
          budgets.splice(buyer, 1);
          ends.splice(buyer, 1);
        }
      }
      const arrivals = stream.poisson((of('arrivalsPerMonth') / 30.42) * quality);
      for (let count = 0; count < arrivals; count += 1) arrive(world.day + term);
      let spent = 0;
      const free = of('freeFromMonth') > 0 && world.day > of('freeFromMonth') * 30.42;
      const purchases = of('purchasesPerMonth');
      for (let buyer = 0; buyer < budgets.length && !free && purchases > 0; buyer += 1) {
        const count = stream.poisson(purchases / 30.42);
        spent += (count * budgets[buyer]! * demand) / purchases;
        world.transactions += count;
      }
      world.add('buyerUsd', spent);
      world.add('revenueUsd', spent);
      world.bids.push({
        usd: spent,
        account: 'fees',
        mechanism: 'buyers',
        received: (tokens) => {
          world.add('converted', tokens);
          world.add('burnedData', world.splitFee('buyers', 'fees', tokens, of('burnBasisPoints')));
        },
      });
    },
  };
}
