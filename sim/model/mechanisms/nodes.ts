import type { World } from '../world.js';

/** M7: operators one by one with cost tiers; entry, exit, slashing, unbonding. */
export function createNodes(world: World) {
  const { parameters, ledger } = world;
  const of = (name: string) => parameters.of(`nodes.${name}`);
  const room = Math.max(1, Math.round(of('maximumOperators')));
  const stake = new Float64Array(room);
  const locked = new Float64Array(room);
  const work = new Uint8Array(room);
  const cost = new Float64Array(room);
  const cheater = new Uint8Array(room);
  const unbonding: { day: number; amount: number }[] = [];
  let count = 0;
  let active = 0;
  let margin = 0;
  const enter = (micro: number, from: string) => {
    if (count >= room || micro <= 0) return;
    const own = world.stream(71, count + 1);
    const tier = own.uniform();
    cost[count] =
      of(
        tier < of('lowCostShare')
          ? 'lowCostUsdPerMonth'
          : tier < of('lowCostShare') + of('middleCostShare')
            ? 'middleCostUsdPerMonth'
            : 'highCostUsdPerMonth',
      ) / 30.42;
    const uptime = Math.max(0, Math.min(1, of('uptimeMean') + of('uptimeSpread') * own.normal()));
    const quality = Math.max(
      0,
      Math.min(1, of('qualityMean') + of('qualitySpread') * own.normal()),
    );
    work[count] = quality < of('qualityThreshold') ? 0 : Math.round(uptime * quality * 100);
    cheater[count] = own.uniform() < of('cheatersShare') ? 1 : 0;
    stake[count] = micro;
    ledger.move('nodes', from, 'nodeStake', micro);
    count += 1;
    active += 1;
  };
  const minimum = () => of('minimumStakeTokens') * of('averageStakeMultiple') * 1e6;
  return {
    columns: { nodeStake: stake, nodeLocked: locked },
    get active() {
      return active;
    },
    get margin() {
      return margin;
    },
    start(): void {
      const wanted = Math.round(of('initialOperators'));
      const each = Math.floor(Math.min(minimum(), ledger.of('others') / Math.max(1, wanted)));
      for (let node = 0; node < wanted; node += 1) enter(each, 'others');
    },
    step(): void {
      const stream = world.stream(70);
      let weights = 0;
      for (let node = 0; node < count; node += 1) if (stake[node]! > 0) weights += work[node]!;
      const each = weights > 0 ? Math.floor(ledger.of('nodePool') / weights) : 0;
      let paid = 0;
      let slashed = 0;
      let unbonded = 0;
      let sumMargin = 0;
      for (let node = 0; node < count; node += 1) {
        if (stake[node]! <= 0) continue;
        const reward = each * work[node]!;
        locked[node] = locked[node]! + reward;
        paid += reward;
        const profit = (reward / 1e6) * world.price - cost[node]!;
        sumMargin += profit;
        if (
          cheater[node] === 1 &&
          stream.uniform() < (of('faultsPerMonth') / 30.42) * of('detectionShare')
        ) {
          const fine = Math.min(stake[node]!, Math.floor(reward * of('slashCoefficient')));
          stake[node] = stake[node]! - fine;
          slashed += fine;
        }
        const exit = of('exitPerDay') * (profit < 0 ? of('exitElasticity') : 0.2);
        if (stream.uniform() < exit) {
          unbonded += stake[node]!;
          stake[node] = 0;
          active -= 1;
        }
      }
      ledger.move('nodes', 'nodePool', 'nodeLocked', paid);
      ledger.move('slashing', 'nodeStake', 'blackhole', slashed);
      ledger.move('unbonding', 'nodeStake', 'nodeUnbonding', unbonded);
      if (unbonded > 0) unbonding.push({ day: world.day + of('unbondingDays'), amount: unbonded });
      world.add('slashed', slashed);
      world.add('burnedSlashed', slashed);
      margin = active > 0 ? sumMargin / active : 0;
      while (unbonding.length > 0 && unbonding[0]!.day <= world.day) {
        ledger.move('unbonding', 'nodeUnbonding', 'nodeFree', unbonding.shift()!.amount);
      }
      // Rewards are locked while the programme runs, then free.
      if (world.day >= of('rewardLockDays')) {
        const free = ledger.of('nodeLocked');
        locked.fill(0);
        ledger.move('nodes', 'nodeLocked', 'nodeFree', free);
      }
      const entries = stream.poisson(
        of('entriesPerDay') *
          Math.max(0, Math.min(3, margin > 0 ? 1 + margin * of('entryElasticity') : 0.2)),
      );
      for (let entry = 0; entry < entries; entry += 1) {
        world.bids.push({
          usd: (minimum() / 1e6) * world.price,
          account: 'nodeFree',
          mechanism: 'nodes',
          received: (tokens) => enter(tokens, 'nodeFree'),
        });
      }
      world.events += count;
    },
    sell(): void {
      world.offer('nodes', 'nodeFree', Math.floor(ledger.of('nodeFree') * of('rewardSalePerDay')));
      world.offer(
        'validators',
        'validators',
        Math.floor(ledger.of('validators') * of('rewardSalePerDay')),
      );
    },
  };
}
