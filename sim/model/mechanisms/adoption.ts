import { exp, pow } from '../../kernel/real-functions.js';
import { ACTIVE, DORMANT, LEFT, type World } from '../world.js';

/** M15: Bass adoption with stall, dormancy, return and leaving. */
export function stepAdoption(world: World): void {
  const { wallets, parameters, kernel, day } = world;
  const of = (name: string) => parameters.of(`adoption.${name}`);
  const room = wallets.status.length;
  const reference = of('referenceIncentiveUsdPerDay');
  const incentive =
    reference > 0
      ? Math.max(0.01, Math.min(100, world.parameters.of('state.incentiveUsd') / reference))
      : 1;
  const rate =
    (of('innovationPerYear') + (of('imitationPerYear') * wallets.count) / Math.max(1, room)) / 365;
  const joins = world
    .stream(10)
    .binomial(room - wallets.count, 1 - exp(-rate * pow(incentive, of('incentiveElasticity'))));
  const before = wallets.count;
  world.join(joins, ACTIVE);
  world.add('joins', wallets.count - before);
  // First gas comes from the faucet as long as it has some.
  const gift = Math.min(
    Math.floor(parameters.of('gas.faucetTokens') * 1e6) * world.scale,
    Math.floor(world.ledger.of('faucet') / Math.max(1, joins)),
  );
  for (let id = before; id < wallets.count; id += 1) wallets.balance[id] = gift;
  world.ledger.move('adoption', 'faucet', 'wallets', gift * (wallets.count - before));

  const keep = Math.max(0.4, Math.min(2.5, pow(incentive, of('retentionElasticity'))));
  const sample = (p: number, purpose: number, status: number) =>
    kernel.filter(
      kernel.skipSample(wallets.count, Math.min(1, p), day, purpose),
      wallets.status,
      status,
    );
  const sharesOf = (members: Uint32Array) =>
    members.reduce((sum, id) => sum + wallets.effort[id]!, 0);

  // Candidates come from a hazard that no scenario exceeds, acceptance is the wallet's own.
  const back = kernel.thin(sample(of('returnPerDay') * 2.5, 11, DORMANT), keep / 2.5, day, 12);
  kernel.assign(back, wallets.status, ACTIVE);
  for (const id of back) wallets.settled[id] = world.accumulator;
  wallets.active += back.length;
  wallets.dormant -= back.length;
  wallets.shares += sharesOf(back);

  const away = kernel.thin(sample(of('dormancyPerDay') * 2.5, 13, ACTIVE), 0.4 / keep, day, 14);
  world.settle('adoption', away);
  kernel.assign(away, wallets.status, DORMANT);
  wallets.active -= away.length;
  wallets.dormant += away.length;
  wallets.shares -= sharesOf(away);

  const gone = sample(of('leavePerDay'), 15, DORMANT);
  kernel.assign(gone, wallets.status, LEFT);
  wallets.dormant -= gone.length;
  wallets.left += gone.length;
  world.add('leaves', gone.length);
  world.events += back.length + gone.length + joins;
}
