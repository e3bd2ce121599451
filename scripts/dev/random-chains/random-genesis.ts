import type { Hex } from '../../../genesis/base/hash.js';
import { feeConfigFields } from '../../../genesis/precompiles/fee-config.js';
import { precompiles } from '../../../genesis/precompiles/registry.js';
import type { Dice } from './dice.js';
import {
  beaconRoots,
  contracts,
  everywhere,
  ordinary,
  people,
  stateful,
  strangers,
} from './places.js';
import { randomFees } from './random-input.js';
import { randomProgram } from './random-program.js';

/** A chain before its first block. */
export interface RandomGenesis {
  readonly genesis: string;
  readonly upgrade: string;
  /** Unix seconds of block 0. */
  readonly time: number;
  /** Unix seconds at which something switches. */
  readonly switches: readonly number[];
}

const never = 253_399_622_400;
const quantity = (value: bigint | number) => `0x${BigInt(value).toString(16)}`;

/** Forks on from the start or crossed within the first minutes, precompiles with random roles, upgrades, odd accounts. */
export function randomGenesis(dice: Dice): RandomGenesis {
  // Before August 2025 precompiles run in a delegatecall, too.
  const time = dice.pick([1_700_000_000, 1_754_107_180, 1_760_000_000]) + dice.below(10);
  const soon = () => time + dice.between(3, 60);
  const switches: number[] = [];
  const forks: Record<string, number> = {};
  const start = dice.pick(['granite', 'granite', 'granite', 'etna', 'etna', 'durango', 'first']);
  const order = ['durango', 'etna', 'granite'];
  let earliest = time + 1;
  for (const fork of order.slice(order.indexOf(start) + 1)) {
    const at = dice.chance(0.6) && earliest < never ? Math.max(earliest, soon()) : never;
    forks[`${fork}Timestamp`] = at;
    if (at < never) switches.push(at);
    earliest = at;
  }
  const durangoAt = forks.durangoTimestamp ?? 0;
  const managersAt = (at: number) => at >= durangoAt;
  const roles = (at: number) => {
    const left = [...people.map((one) => one.address), ...contracts, ...dice.some(strangers, 0.2)];
    const take = (probability: number) => {
      const taken = dice.some(left, probability);
      for (const one of taken) left.splice(left.indexOf(one), 1);
      return taken;
    };
    return {
      ...(managersAt(at) && { managerAddresses: take(0.15) }),
      adminAddresses: take(0.2),
      enabledAddresses: take(0.3),
    };
  };
  const namedFees = () =>
    Object.fromEntries(
      randomFees(dice).map((fee, index) => [feeConfigFields[index]!, Number(fee)]),
    );
  const activation = (key: string, at: number): object | undefined => {
    if (key === 'warpConfig') return managersAt(at) ? { blockTimestamp: at } : undefined;
    const extra: Record<string, unknown> = {};
    if (key === 'contractNativeMinterConfig' && dice.chance(0.4))
      extra.initialMint = { [dice.pick(everywhere)]: quantity(dice.word() + 1n) };
    if (key === 'feeManagerConfig' && dice.chance(0.5)) extra.initialFeeConfig = namedFees();
    if (key === 'rewardManagerConfig' && dice.chance(0.6))
      extra.initialRewardConfig = dice.chance(0.3)
        ? { allowFeeRecipients: true }
        : { rewardAddress: dice.pick(everywhere) };
    return { blockTimestamp: at, ...roles(at), ...extra };
  };
  const feeConfig = namedFees();
  const config: Record<string, unknown> = { ...forks, feeConfig };
  config.chainId = dice.pick(['43214', '99999', '9007199254740993', '18446744073709551629']);
  config.allowFeeRecipients = dice.chance(0.3);
  const precompileUpgrades: { at: number; entry: object }[] = [];
  for (const { key } of precompiles) {
    // Lists that stop senders and creators are rare: under them little happens.
    const rare = key === 'txAllowListConfig' || key === 'contractDeployerAllowListConfig';
    let on = dice.chance(rare ? 0.2 : 0.6);
    if (on) config[key] = activation(key, time);
    if (config[key] === undefined) on = false;
    let at = time;
    while (dice.chance(0.35)) {
      at += dice.between(2, 40);
      const entry = on ? { blockTimestamp: at, disable: true } : activation(key, at);
      if (entry === undefined) break;
      precompileUpgrades.push({ at, entry: { [key]: entry } });
      switches.push(at);
      on = !on;
      // Off and on again within one block, sometimes.
      if (dice.chance(0.3)) at -= 1;
    }
  }
  precompileUpgrades.sort((a, b) => a.at - b.at);
  const stateUpgrades: object[] = [];
  for (let at = soon(); dice.chance(0.6); at += dice.between(1, 20)) {
    stateUpgrades.push({ blockTimestamp: at, accounts: changedAccounts(dice) });
    switches.push(at);
  }
  const genesis = {
    config,
    timestamp: quantity(time),
    gasLimit: quantity(feeConfig.gasLimit!),
    difficulty: '0x0',
    alloc: accounts(dice),
  };
  return {
    // Chain ids above 2^53 must stay numbers.
    genesis: JSON.stringify(genesis).replace(/"chainId":"(\d+)"/, '"chainId":$1'),
    upgrade: JSON.stringify({
      precompileUpgrades: precompileUpgrades.map(({ entry }) => entry),
      stateUpgrades,
    }),
    time,
    switches,
  };
}

function slots(dice: Dice): Record<string, string> {
  const word = (value: number) => `0x${value.toString(16).padStart(64, '0')}`;
  return Object.fromEntries(
    Array.from({ length: dice.below(4) }, () => [word(dice.below(6)), word(dice.below(3))]),
  );
}

function accounts(dice: Dice): Record<Hex, object> {
  const alloc: Record<Hex, object> = {};
  for (const { address } of people) alloc[address] = { balance: quantity(10n ** 24n) };
  for (const address of contracts) {
    alloc[address] = {
      balance: quantity(dice.pick([0, 0, 5_000])),
      code: `0x${randomProgram(dice)}`,
      nonce: quantity(dice.below(2)),
      storage: slots(dice),
    };
  }
  // Accounts that are empty, or have storage only, stay in block 0 until something touches them.
  for (const address of dice.some([...strangers, ...ordinary, beaconRoots], 0.3))
    alloc[address] = { balance: '0x0', ...(dice.chance(0.4) && { storage: slots(dice) }) };
  for (const address of dice.some(stateful, 0.05)) alloc[address] = { balance: '0x0' };
  if (dice.chance(0.2)) alloc[beaconRoots] = { balance: '0x0', code: '0x335f554260015500' };
  return alloc;
}

function changedAccounts(dice: Dice): Record<Hex, object> {
  const changed: Record<Hex, object> = {};
  for (const address of dice.some(everywhere, 0.15)) {
    const person = people.some((one) => one.address === address);
    changed[address] = {
      ...(dice.chance(0.4) && { balanceChange: quantity(dice.pick([0, 0, 1, 7_000])) }),
      ...(dice.chance(0.3) && !person && { code: `0x${randomProgram(dice)}` }),
      ...(dice.chance(0.5) && { storage: slots(dice) }),
    };
  }
  return changed;
}
