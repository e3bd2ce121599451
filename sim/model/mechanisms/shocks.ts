import { log } from '../../kernel/real-functions.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';

const DAYS_PER_YEAR = 365;

/** News that moves all quotes: drift, normal noise and jumps of the logarithm of the price, and dated shocks. */
export const shocks = defineMechanism({
  id: 'shocks',
  about: 'Exogenous market factor: a jump diffusion',
  phase: 'shocks',
  reads: [],
  writes: [],
  sets: ['news'],
  accounts: [],
  create: (access) => ({
    step(): void {
      const of = (name: string) => access.of(`market.${name}`);
      const stream = access.stream(purposes.news);
      const jumps = stream.poisson(of('jumpsPerYear') / DAYS_PER_YEAR);
      let news = of('driftPerDay') + of('dailyVolatility') * stream.normal();
      for (let jump = 0; jump < jumps; jump += 1)
        news += of('jumpMean') + of('jumpSigma') * stream.normal();
      access.set('news', news + log(access.takeShock('price')));
    },
  }),
});
