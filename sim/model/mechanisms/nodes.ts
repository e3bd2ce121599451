import { exp } from '../../kernel/real-functions.js';
import { Calendar } from '../calendar.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';

const DAYS_PER_MONTH = 365 / 12;
const RUNNING = 1;
const STOPPED = 2;

/**
 * M7: operators one by one. Rewards are shared by uptime and quality and vest with the stake, which stays locked from
 * entry; entry and exit follow the margin; found bad answers are slashed; stake that leaves unbonds first.
 */
export const nodes = defineMechanism({
  id: 'nodes',
  about: 'M7: node operators',
  phase: 'staking',
  after: ['staking'],
  reads: [],
  writes: [
    'nodeStake',
    'nodeLocked',
    'nodeWork',
    'nodeCost',
    'nodeCheats',
    'nodeStatus',
    'nodeEntry',
  ],
  sets: ['nodes', 'nodesActive', 'nodeMargin', 'nodeMarginUsd'],
  accounts: [
    'others',
    'holders:',
    'nodeBids',
    'nodeFree',
    'nodeStake',
    'nodePool',
    'nodeLocked',
    'nodeUnbonding',
    'blackhole',
  ],
  create(access) {
    const { columns } = access;
    const of = (name: string) => access.of(`nodes.${name}`);
    const unbonding = new Calendar();
    const full = () => Math.round(of('minimumStakeTokens') * of('averageStakeMultiple') * 1e6);
    const minimum = () => Math.round(of('minimumStakeTokens') * 1e6);
    const enter = (stake: number, from: string): boolean => {
      const node = access.get('nodes');
      if (node >= access.room.nodes || stake < minimum() || stake <= 0) return false;
      const own = access.stream(purposes.nodeTraits, node + 1);
      const tier = own.uniform();
      const cost =
        tier < of('lowCostShare')
          ? 'low'
          : tier < of('lowCostShare') + of('middleCostShare')
            ? 'middle'
            : 'high';
      const clamp = (value: number) => Math.max(0, Math.min(1, value));
      const uptime = clamp(of('uptimeMean') + of('uptimeSpread') * own.normal());
      const quality = clamp(of('qualityMean') + of('qualitySpread') * own.normal());
      columns.nodeCost[node] = of(`${cost}CostUsdPerMonth`) / DAYS_PER_MONTH;
      columns.nodeWork[node] =
        quality < of('qualityThreshold') ? 0 : Math.round(uptime * quality * 100);
      columns.nodeCheats[node] = own.uniform() < of('cheatersShare') ? 1 : 0;
      columns.nodeStatus[node] = RUNNING;
      columns.nodeEntry[node] = access.day;
      columns.nodeStake[node] = stake;
      access.move(from, 'nodeStake', stake);
      access.set('nodes', node + 1);
      access.set('nodesActive', access.get('nodesActive') + 1);
      return true;
    };
    /** Stake from the market comes with the operator's own part. */
    const admit = (): void => {
      for (const { tokens } of access.fills().bids) {
        const share = of('boughtStakeShare');
        const own = Math.min(access.balance('others'), Math.max(0, full() - tokens));
        if (share < 1) access.move('others', 'nodeBids', own);
        const stake = tokens + (share < 1 ? own : 0);
        if (!enter(stake, 'nodeBids')) access.move('nodeBids', 'nodeFree', stake);
      }
    };
    return {
      start(): void {
        const wanted = Math.round(of('initialOperators'));
        // The first operators bought their stake in the public sale.
        const group = Object.keys(access.plan.economy?.holders ?? {})
          .sort()
          .find((id) => access.word(`holders.${id}.kind`) === 'public');
        const from = group === undefined ? 'others' : `holders:${group}`;
        const each = Math.min(full(), Math.floor(access.balance(from) / Math.max(1, wanted)));
        for (let node = 0; node < wanted; node += 1) enter(each, from);
      },
      step(): void {
        admit();
        const { day } = access;
        const { nodeStake, nodeLocked, nodeWork, nodeCost, nodeCheats, nodeStatus, nodeEntry } =
          columns;
        const count = access.get('nodes');
        const price = access.get('price');
        let weights = 0;
        for (let node = 0; node < count; node += 1)
          if (nodeStatus[node] === RUNNING) weights += nodeWork[node]!;
        const each = weights > 0 ? Math.floor(access.balance('nodePool') / weights) : 0;
        const lock = of('rewardLockDays');
        const coefficient = of('slashCoefficient');
        const exitRate = of('exitPerDay');
        const exitSlope = of('exitElasticity');
        // Nobody leaves faster than who earns nothing at all.
        const mostExit = 1 - exp(-exitRate * exp(Math.max(0, exitSlope)));
        const unbondingDays = Math.round(of('unbondingDays'));
        const caught = 1 - exp((-of('faultsPerMonth') / DAYS_PER_MONTH) * of('detectionShare'));
        let paid = 0;
        let slashed = 0;
        let unbonded = 0;
        let vested = 0;
        let margins = 0;
        let profits = 0;
        let running = 0;
        for (let node = 0; node < count; node += 1) {
          if (nodeStatus[node] === 0) continue;
          const unlocked = day - nodeEntry[node]! >= lock;
          if (nodeStatus[node] === RUNNING) {
            const reward = each * nodeWork[node]!;
            nodeLocked[node] = nodeLocked[node]! + reward;
            paid += reward;
            const profit = (reward / 1e6) * price - nodeCost[node]!;
            const margin = profit / Math.max(1e-9, nodeCost[node]!);
            const own = access.stream(purposes.nodes, node + 1);
            const draw = own.uniform();
            if (nodeCheats[node] === 1 && own.uniform() < caught) {
              const fine = Math.min(nodeStake[node]!, Math.floor(reward * coefficient));
              nodeStake[node] = nodeStake[node]! - fine;
              slashed += fine;
            }
            const exit = () => exitRate * exp(-exitSlope * Math.max(-1, Math.min(5, margin)));
            if (draw < mostExit && draw < 1 - exp(-exit())) nodeStatus[node] = STOPPED;
            else {
              running += 1;
              profits += profit;
              margins += Math.min(10, margin);
            }
          }
          if (!unlocked) continue;
          vested += nodeLocked[node]!;
          nodeLocked[node] = 0;
          if (nodeStatus[node] === STOPPED) {
            unbonded += nodeStake[node]!;
            unbonding.put(day + unbondingDays, node, nodeStake[node]!);
            nodeStake[node] = 0;
            nodeStatus[node] = 0;
          }
        }
        access.move('nodePool', 'nodeLocked', paid);
        access.move('nodeLocked', 'nodeFree', vested);
        access.move('nodeStake', 'blackhole', slashed);
        access.move('nodeStake', 'nodeUnbonding', unbonded);
        const free = unbonding.take(day).amounts.reduce((left, right) => left + right, 0);
        access.move('nodeUnbonding', 'nodeFree', free);
        access.add('slashed', slashed);
        access.add('burnedSlashed', slashed);
        access.set('nodesActive', running);
        access.set('nodeMargin', running > 0 ? margins / running : 0);
        access.set('nodeMarginUsd', running > 0 ? profits / running : 0);
        access.visit(count);
        const pull = 1 + of('entryElasticity') * access.get('nodeMargin');
        const entries = access
          .stream(purposes.nodeEntries)
          .poisson(of('entriesPerDay') * Math.max(0, Math.min(3, pull)));
        const usd = (full() / 1e6) * price * of('boughtStakeShare');
        for (let entry = 0; entry < entries; entry += 1) {
          // Candidates that buy come in with tomorrow's batch, the others at once.
          if (usd > 0) access.bid('nodeBids', usd);
          else enter(Math.min(full(), access.balance('others')), 'others');
        }
      },
      holdings: () => ({ nodeUnbonding: unbonding.sums().amounts }),
    };
  },
});
