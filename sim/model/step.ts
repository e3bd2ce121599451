import type { Intervention } from '../engine/intervention.js';
import { stepAdoption } from './mechanisms/adoption.js';
import { createBuyers } from './mechanisms/buyers.js';
import {
  accrueContributions,
  claimContributions,
  sellReceipts,
} from './mechanisms/contribution.js';
import { stepDataPools } from './mechanisms/data-pools.js';
import { stepGas } from './mechanisms/gas.js';
import { createMarket } from './mechanisms/market.js';
import { createNodes } from './mechanisms/nodes.js';
import { stepSoulbound } from './mechanisms/soulbound.js';
import { createSpeculators } from './mechanisms/speculators.js';
import { createStaking } from './mechanisms/staking.js';
import { createVesting } from './mechanisms/vesting.js';
import { ACTIVE, DORMANT, type World } from './world.js';

/** The economy of a plan; `step` is the story of one day. */
export function createEconomy(world: World, interventions: readonly Intervention[]) {
  const { parameters } = world;
  const vesting = createVesting(world);
  const market = createMarket(world);
  const nodes = createNodes(world);
  const staking = createStaking(world);
  const speculators = createSpeculators(world);
  const buyers = createBuyers(world);
  const start = Math.round(parameters.of('population.initialWallets') / world.scale);
  const active = Math.round(start * parameters.of('population.initialActiveShare'));
  world.join(active, ACTIVE);
  world.join(start - active, DORMANT);
  market.start();
  nodes.start();
  return {
    nodes,
    buyers,
    step(): void {
      world.day += 1;
      world.today = {};
      world.transactions = 0;
      for (const intervention of interventions) {
        if (intervention.day === world.day) parameters.apply(intervention);
      }
      vesting.release();
      stepAdoption(world);
      accrueContributions(world);
      claimContributions(world);
      stepSoulbound(world);
      stepDataPools(world);
      buyers.step();
      sellReceipts(world);
      vesting.sell();
      nodes.sell();
      speculators.step();
      market.clear();
      staking.step();
      nodes.step();
      stepGas(world);
    },
  };
}
