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
      const jumps = access.stream(purposes.jumps);
      const noise = access.stream(purposes.news).normal();
      let news = of('driftPerDay') + of('dailyVolatility') * noise;
      const count = jumps.poisson(of('jumpsPerYear') / DAYS_PER_YEAR);
      for (let jump = 0; jump < count; jump += 1)
        news += of('jumpMean') + of('jumpSigma') * jumps.normal();
      access.set('news', news + log(access.takeShock('price')));
    },
  }),
});
