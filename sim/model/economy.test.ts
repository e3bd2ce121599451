import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { runModel } from '../engine/run-model.js';
import { createTypescriptKernel } from '../kernel/typescript-kernel.js';
import { type ColumnName, type Columns, createColumns } from './columns.js';
import { createEconomy } from './economy.js';
import { defineMechanism, type MechanismDefinition } from './mechanism.js';
import { mechanisms } from './mechanisms.js';
import { Parameters } from './parameters.js';
import { purposes } from './purposes.js';
import { type SignalName, signals } from './signals.js';
import { State } from './state.js';

const file = 'genesis/plans/masa.yaml';
const plan = resolvePlan({ text: readFileSync(file, 'utf8'), file });
const make = (definitions?: readonly MechanismDefinition[]) => {
  const parameters = new Parameters(plan.economy);
  const state = new State(plan, parameters, createTypescriptKernel([1, 2]), [1, 2], 1000);
  return { state, economy: createEconomy(state, [], definitions) };
};
const after = (days: number) => {
  const made = make();
  for (let day = 0; day < days; day += 1) made.economy.step();
  made.economy.recount('recount');
  return made;
};
/** An active wallet with shares of a channel. */
const member = (columns: Columns, name: 'questShare' | 'surfShare') =>
  columns.status.findIndex((status, id) => status === 1 && columns[name][id]! > 0);
const columnNames = Object.keys(createColumns(1, 1)) as ColumnName[];

describe('declarations', () => {
  it('are complete: nothing changes that a mechanism does not declare', () => {
    const changed: string[] = [];
    const watched = mechanisms.map((definition): MechanismDefinition => {
      return {
        ...definition,
        create(access) {
          const inner = definition.create(access);
          return {
            ...inner,
            step() {
              const columns = columnNames
                .filter((name) => !(definition.writes as readonly string[]).includes(name))
                .map((name) => ({ name, before: made.state.columns[name].slice() }));
              const numbers = { ...made.state.signals };
              inner.step();
              for (const { name, before } of columns) {
                const now = made.state.columns[name];
                if (before.some((cell, at) => cell !== now[at]))
                  changed.push(`${definition.id}: ${name}`);
              }
              for (const name of Object.keys(signals) as SignalName[]) {
                if (definition.sets.includes(name)) continue;
                if (numbers[name] !== made.state.signals[name])
                  changed.push(`${definition.id}: ${name}`);
              }
            },
          };
        },
      };
    });
    const made = make(watched);
    for (let day = 0; day < 60; day += 1) made.economy.step();
    expect(changed).toEqual([]);
  });

  it.each<[string, Partial<MechanismDefinition>, (access: never) => void, RegExp]>([
    [
      'a column',
      {},
      (access: { columns: { balance: Float64Array } }) => {
        access.columns.balance[0] = 1;
      },
      /rogue touches column balance/,
    ],
    [
      'a number',
      {},
      (access: { set(name: string, value: number): void }) => access.set('price', 1),
      /rogue touches the number price/,
    ],
    [
      'an account',
      { accounts: ['treasury'] },
      (access: { move(from: string, to: string, amount: number): void }) =>
        access.move('treasury', 'blackhole', 1),
      /rogue touches account blackhole/,
    ],
    [
      'an account by a bid',
      {},
      (access: { bid(account: string, usd: number): void }) => access.bid('treasury', 5),
      /rogue touches account treasury/,
    ],
    [
      'the order book',
      {},
      (access: { book: unknown }) => access.book,
      /rogue touches account orders/,
    ],
    [
      'a metric',
      {},
      (access: { add(name: string, value: number): void }) => access.add('nothing', 1),
      /rogue touches metric nothing/,
    ],
  ])('stop a mechanism that reaches for %s', (_, more, act, message) => {
    const rogue: MechanismDefinition = {
      id: 'rogue',
      about: 'reaches too far',
      phase: 'gas',
      reads: [],
      writes: [],
      sets: [],
      accounts: [],
      ...more,
      create: (access) => ({ step: () => act(access as never) }),
    };
    const { economy } = make([...mechanisms, rogue]);
    expect(() => economy.step()).toThrow(
      expect.objectContaining({
        code: 'MECHANISM_UNDECLARED',
        message: expect.stringMatching(message),
        where: 'day 1, mechanism rogue',
      }),
    );
  });

  it('use every purpose of a draw once', () => {
    const numbers = Object.values(purposes);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('conservation', () => {
  it.each<[string, (state: State) => void, RegExp]>([
    ['a balance', (state) => (state.columns.balance[17]! += 1), /wallets differs by 1/],
    ['a balance by nothing', (state) => (state.columns.balance[17] = Number.NaN), /whole number/],
    [
      'two halves that cancel',
      ({ columns }) => {
        columns.balance[17]! += 0.5;
        columns.balance[18]! -= 0.5;
      },
      /whole number/,
    ],
    ['half a unit', (state) => (state.columns.balance[17]! += 0.5), /whole number/],
    [
      'a settlement',
      ({ columns }) => (columns.questSettled[member(columns, 'questShare')]! -= 1),
      /questAccrued differs/,
    ],
    [
      'a surf settlement',
      ({ columns }) => (columns.surfSettled[member(columns, 'surfShare')]! -= 1),
      /surfAccrued/,
    ],
    [
      'a data settlement',
      ({ columns }) =>
        (columns.dataSettled[columns.dataShare.findIndex((share) => share > 0)]! -= 1),
      /dataAccrued differs/,
    ],
    [
      'a share',
      ({ columns }) => (columns.questShare[member(columns, 'questShare')]! += 1),
      /quest/,
    ],
    ['a status', ({ columns }) => (columns.status[columns.status.indexOf(1)] = 2), /.+/],
    ['a data share', (state) => (state.columns.dataShare[5]! += 1), /data/],
    ['a vault', (state) => (state.columns.soulbound[3]! ^= 1), /soulbound vaults/],
    [
      'the stake of a node',
      (state) => (state.columns.nodeStake[2]! += 1),
      /nodeStake differs by 1/,
    ],
    ['a locked reward', (state) => (state.columns.nodeLocked[2]! -= 1), /nodeLocked differs by -1/],
    ['an accumulator', (state) => (state.signals.questAccumulator += 1), /questAccrued/],
    ['a count', (state) => (state.signals.active += 1), /count of active wallets/],
    ['an account', (state) => (state.ledger.balances.treasury! += 1), /sum of all accounts/],
    [
      'a swap between stakes and cooldown',
      ({ ledger }) => {
        ledger.balances.staked! -= 1;
        ledger.balances.cooldown = ledger.of('cooldown') + 1;
      },
      /staked differs/,
    ],
    [
      'a reserve',
      ({ ledger }) => {
        ledger.balances.stakingReserved! -= 1;
        ledger.balances.stakingReserve! += 1;
      },
      /stakingReserved differs/,
    ],
    [
      'the funds of pools',
      ({ ledger }) => {
        ledger.balances.poolFunds = ledger.of('poolFunds') + 1;
        ledger.balances.pool! -= 1;
      },
      /poolFunds differs/,
    ],
  ])('notices a change of %s', (_, corrupt, message) => {
    const { state, economy } = after(40);
    corrupt(state);
    expect(() => economy.recount('recount')).toThrow(
      expect.objectContaining({
        code: 'CONSERVATION_BROKEN',
        message: expect.stringMatching(message),
      }),
    );
  });

  it('names the mechanism and the day of a single wrong cell, also when it is counted weeks later', () => {
    const thief = defineMechanism({
      id: 'thief',
      about: 'pays one wallet without a transfer on day 17',
      phase: 'settlement',
      after: ['payments'],
      reads: [],
      writes: ['balance'],
      sets: [],
      accounts: [],
      create: (access) => ({
        step(): void {
          if (access.day === 17) access.kernel.give(Uint32Array.of(4), access.columns.balance, 1);
        },
      }),
    });
    expect(() =>
      runModel({
        plan,
        seed: 1,
        run: 0,
        days: 60,
        scale: 1000,
        mechanisms: [...mechanisms, thief],
      }),
    ).toThrow(
      expect.objectContaining({
        code: 'CONSERVATION_BROKEN',
        where: 'day 17, mechanism thief, wallets',
      }),
    );
  });

  it('counts everything after every mechanism of many days', () => {
    const { economy } = make();
    for (let day = 0; day < 150; day += 1) economy.step(true);
  });
});
