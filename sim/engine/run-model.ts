import { ToolkitError } from '../../genesis/base/errors.js';
import { type Hex, keccak256 } from '../../genesis/base/hash.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import { philox } from '../kernel/philox.js';
import { createTypescriptKernel } from '../kernel/typescript-kernel.js';
import { createEconomy } from '../model/economy.js';
import type { MechanismDefinition } from '../model/mechanism.js';
import { metrics } from '../model/metrics.js';
import { Parameters } from '../model/parameters.js';
import { State } from '../model/state.js';
import type { Intervention } from './intervention.js';
import { createRetention, type Retention } from './retention.js';

export interface RunModelParameters {
  readonly plan: ResolvedPlan;
  /** Seed of the study; with `run` it makes the key of every draw. */
  readonly seed: number;
  readonly run: number;
  readonly days: number;
  /** One wallet stands for this many: fewer wallets, each with the tokens, fees and gas of so many; supply, market, buyers and nodes unchanged. */
  readonly scale?: number | undefined;
  readonly interventions?: readonly Intervention[] | undefined;
  /** Days between full recounts of all columns; the last day is always counted. Default 30. */
  readonly recountEvery?: number | undefined;
  /** Other mechanisms than those of the economy; their declarations decide the order. */
  readonly mechanisms?: readonly MechanismDefinition[] | undefined;
  readonly onDay?: ((day: number, values: Readonly<Record<string, number>>) => void) | undefined;
}

export interface ModelRun {
  /** By metric name, value of day 1 first. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** Balances of all accounts after the last day, micro-tokens. */
  readonly finals: Readonly<Record<string, number>>;
  /** By mechanism: net flow into each account, micro-tokens; every row sums to zero. */
  readonly flows: Readonly<Record<string, Readonly<Record<string, bigint>>>>;
  /** By year of joining, every 30 days. */
  readonly retention: readonly Retention[];
  readonly counters: {
    readonly events: number;
    readonly walletDays: number;
    readonly checkedDays: number;
    readonly recounts: number;
  };
  /** keccak256 of the final balances and of all columns; the same inputs give the same bytes. */
  readonly hash: Hex;
}

/**
 * Runs the model of a plan, day by day.
 *
 * @throws ToolkitError `CONSERVATION_BROKEN`, `LEDGER_TRANSFER`, `INTERVENTION_UNKNOWN`, `RUN_INVALID`.
 * @example runModel({ plan, seed: 1, run: 0, days: 1460 }).columns.priceUsd
 */
export function runModel(options: RunModelParameters): ModelRun {
  const { plan, seed, run, days, scale = 1, interventions = [], recountEvery = 30 } = options;
  for (const [name, value, low] of [
    ['seed', seed, 0],
    ['run', run, 0],
    ['days', days, 1],
    ['scale', scale, 1],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < low) {
      throw new ToolkitError({
        code: 'RUN_INVALID',
        message: `${name} ${value} is out of range.`,
        allowed: `an integer of at least ${low}`,
        exitCode: 2,
      });
    }
  }
  const words = new Uint32Array(4);
  philox(seed >>> 0, Math.floor(seed / 4_294_967_296), run, 0, 0x6d617361, 0x6b657930, words);
  const key = [words[0]!, words[1]!] as const;
  const begin = () => {
    const parameters = new Parameters(plan.economy);
    const state = new State(plan, parameters, createTypescriptKernel(key), key, scale);
    return { state, economy: createEconomy(state, interventions, options.mechanisms) };
  };
  const { state, economy } = begin();
  const retention = createRetention(state);
  const columns: Record<string, Float64Array> = {};
  for (const { name } of metrics) columns[name] = new Float64Array(days);
  let walletDays = 0;
  let recounts = 0;
  let counted = 0;
  for (let day = 1; day <= days; day += 1) {
    economy.step();
    const values = readDay(state);
    for (const { name } of metrics) columns[name]![day - 1] = values[name] ?? 0;
    if (day % recountEvery === 0 || day === days) {
      try {
        economy.recount('recount');
      } catch (error) {
        blame(begin(), counted, day);
        throw error;
      }
      recounts += 1;
      counted = day;
    }
    retention.observe();
    walletDays += state.signals.count;
    options.onDay?.(day, values);
  }
  const text = JSON.stringify(
    Object.entries(state.ledger.balances).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const bytes = [
    new TextEncoder().encode(text),
    ...metrics.map(({ name }) => new Uint8Array(columns[name]!.buffer)),
  ];
  const joined = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of bytes) {
    joined.set(part, at);
    at += part.length;
  }
  return {
    columns,
    finals: { ...state.ledger.balances },
    flows: state.ledger.flows(),
    retention: retention.points,
    counters: { events: state.events, walletDays, checkedDays: days, recounts },
    hash: formatHex(keccak256(joined)),
  };
}

/** Runs again to the last good count, then counts after every mechanism, so that the error names the one that broke it. */
function blame(
  { economy }: { readonly economy: ReturnType<typeof createEconomy> },
  good: number,
  bad: number,
): void {
  for (let day = 1; day <= bad; day += 1) economy.step(day > good);
}

function readDay(state: State): Record<string, number> {
  const { ledger, signals, today, scale } = state;
  const of = (...accounts: string[]) =>
    accounts.reduce((sum, account) => sum + ledger.of(account), 0);
  const starting = (prefix: string) =>
    of(...Object.keys(ledger.balances).filter((name) => name.startsWith(prefix)));
  const burned = of('blackhole');
  const locked = of('vault');
  const staked = of('staked', 'cooldown', 'nodeStake', 'nodeUnbonding');
  const programmes =
    starting('programme:') +
    of(
      'contributorPool',
      'questAccrued',
      'surfAccrued',
      'dataPool',
      'poolFunds',
      'dataAccrued',
      'nodePool',
      'nodeLocked',
      'stakingReserve',
      'stakingReserved',
      'faucet',
    );
  const circulating = ledger.supply - burned - locked;
  return {
    ...today,
    priceUsd: signals.price,
    supplyTotal: ledger.supply - burned,
    minted: 0,
    burned,
    locked,
    circulating,
    circulatingFree: circulating - programmes - of('treasury'),
    staked,
    stakedHolders: of('staked', 'cooldown'),
    cooldown: of('cooldown'),
    stakingReserve: of('stakingReserve', 'stakingReserved'),
    treasury: of('treasury'),
    programmes,
    pool: of('pool'),
    poolUsd: signals.depthUsd,
    held: ledger.supply - burned - locked - staked - programmes - of('treasury', 'pool'),
    walletBalances: of('wallets'),
    walletsJoined: (signals.count - signals.left) * scale,
    walletsActive: signals.active * scale,
    walletsDormant: signals.dormant * scale,
    buyersActive: signals.buyers,
    nodesActive: signals.nodesActive,
    nodeStake: of('nodeStake'),
    operatorMarginUsd: signals.nodeMarginUsd,
  };
}

function formatHex(bytes: Uint8Array): Hex {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
