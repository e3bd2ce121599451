import type { Wei } from '../../../genesis/base/amount.js';
import { stakingReward } from '../../../genesis/formulas/staking-reward.js';
import { ACTIVE, type World } from '../world.js';
import { chargeGas } from './contribution.js';

interface Position {
  readonly wallet: number;
  readonly account: string;
  readonly amount: number;
  readonly reward: number;
}

/** M11: fixed terms with a reward that is reserved in full, no early exit, then a cooldown. */
export function createStaking(world: World) {
  const { plan, ledger, parameters, kernel, wallets } = world;
  const of = (name: string) => parameters.of(`staking.${name}`);
  const terms = plan.staking?.terms ?? [];
  const maturing = new Map<number, Position[]>();
  const cooling = new Map<number, Position[]>();
  const put = (calendar: Map<number, Position[]>, day: number, position: Position) => {
    const list = calendar.get(day);
    if (list === undefined) calendar.set(day, [position]);
    else list.push(position);
  };
  const open = (wallet: number, account: string, amount: number, pick: number): number => {
    const weights = terms.map((_, at) => of(`termWeights.${at}`));
    let left = pick * weights.reduce((sum, weight) => sum + weight, 0);
    let at = 0;
    while (at < terms.length - 1 && left >= weights[at]!) {
      left -= weights[at]!;
      at += 1;
    }
    const term = terms[at]!;
    const reward = Number(stakingReward(BigInt(amount) as Wei, term.rewardMicroPercent));
    // The contract refuses a stake whose reward it cannot reserve.
    if (reward > ledger.of('stakingReserve') || amount <= 0) return 0;
    ledger.move('staking', account, 'staked', amount);
    ledger.move('staking', 'stakingReserve', 'stakingReserved', reward);
    put(maturing, world.day + Math.round((term.periods * plan.staking!.periodSeconds) / 86_400), {
      wallet,
      account,
      amount,
      reward,
    });
    world.add('stakes', 1);
    world.events += 1;
    return amount;
  };
  return {
    step(): void {
      if (terms.length === 0) return;
      for (const position of cooling.get(world.day) ?? []) {
        ledger.move('staking', 'cooldown', position.account, position.amount);
        ledger.move('staking', 'stakingReserved', position.account, position.reward);
        if (position.wallet >= 0)
          wallets.balance[position.wallet] =
            wallets.balance[position.wallet]! + position.amount + position.reward;
      }
      cooling.delete(world.day);
      for (const position of maturing.get(world.day) ?? []) {
        ledger.move('staking', 'staked', 'cooldown', position.amount);
        put(cooling, world.day + Math.round(plan.staking!.cooldownSeconds / 86_400), position);
      }
      maturing.delete(world.day);
      // Partial adjustment towards the share that the yield attracts.
      const circulating = ledger.supply - ledger.of('vault') - ledger.of('blackhole');
      const gap = of('targetShare') * circulating - ledger.of('staked') - ledger.of('cooldown');
      if (gap <= 0) return;
      const stream = world.stream(80);
      const hits = kernel.filter(
        kernel.skipSample(wallets.count, of('stakePerDay'), world.day, 81),
        wallets.status,
        ACTIVE,
      );
      for (const id of chargeGas(world, hits, parameters.of('gas.stakeGas'))) {
        const amount = Math.floor(wallets.balance[id]! * of('stakeFraction'));
        if (amount < of('minimumStakeTokens') * world.scale * 1e6) continue;
        wallets.balance[id] = wallets.balance[id]! - open(id, 'wallets', amount, stream.uniform());
      }
      for (const account of Object.keys(ledger.balances)) {
        if (!account.startsWith('holders:')) continue;
        const amount = Math.floor(
          Math.min(gap * of('adjustmentPerDay'), ledger.of(account) * of('stakePerDay')),
        );
        // Holders split over the terms by their weights.
        for (let part = 0; part < 10; part += 1)
          open(-1, account, Math.floor(amount / 10), stream.uniform());
      }
    },
  };
}
