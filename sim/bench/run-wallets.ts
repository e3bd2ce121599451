import { pow } from '../kernel/real-functions.js';
import { Stream } from '../kernel/stream.js';
import { createTypescriptKernel } from '../kernel/typescript-kernel.js';

/** WALLETS-1: wallets join, claim a shared reward, sell and lock half of what they hold. */
export interface WalletsWorkload {
  readonly wallets: number;
  readonly days: number;
  readonly claimPerDay: number;
  readonly sellPerDay: number;
  readonly stakePerDay: number;
  readonly lockDays: number;
}

/** The workload as it is defined. */
export const wallets1 = {
  wallets: 1_400_000,
  days: 1460,
  claimPerDay: 0.05,
  sellPerDay: 0.02,
  stakePerDay: 0.005,
  lockDays: 90,
} as const satisfies WalletsWorkload;

/** What a run ends with, in the order of `statistics`; tokens are whole ones. */
export type WalletsResult = readonly [
  adopted: number,
  balance: number,
  staked: number,
  sold: number,
];

export const statistics = ['adopted', 'balance', 'staked', 'sold'] as const;

/** Runs the workload on the event-driven kernel, in integers of 10^-6 tokens. */
export function runWallets(workload: WalletsWorkload, seed: number): WalletsResult {
  const { wallets, days, claimPerDay, sellPerDay, stakePerDay, lockDays } = workload;
  const key = [seed, 0x57414c4c] as const;
  const kernel = createTypescriptKernel(key);
  const balance = new Float64Array(wallets);
  const settled = new Float64Array(wallets);
  const locked = new Uint8Array(wallets);
  const queue: { ids: Uint32Array; amounts: Float64Array }[] = [];
  const state = { balances: 0, stakes: 0, sold: 0, accumulator: 0, adopted: 0 };
  const claim = (hits: Uint32Array) => {
    const { accumulator } = state;
    let sum = 0;
    for (let at = 0; at < hits.length; at += 1) {
      const id = hits[at]!;
      const earned = accumulator - settled[id]!;
      settled[id] = accumulator;
      balance[id] = balance[id]! + earned;
      sum += earned;
    }
    state.balances += sum;
  };
  const sell = (hits: Uint32Array) => {
    let sum = 0;
    for (let at = 0; at < hits.length; at += 1) {
      const id = hits[at]!;
      const part = Math.floor(balance[id]! / 2);
      balance[id] = balance[id]! - part;
      sum += part;
    }
    state.balances -= sum;
    state.sold += sum;
  };
  for (let day = 0; day < days; day += 1) {
    const { adopted } = state;
    const joins = new Stream(key, day, 9).binomial(
      wallets - adopted,
      0.0003 + (0.006 * adopted) / wallets,
    );
    if (adopted > 0) state.accumulator += Math.floor((1e12 * pow(0.5, day / 365)) / adopted);
    claim(kernel.skipSample(adopted, claimPerDay, day, 1));
    sell(kernel.skipSample(adopted, sellPerDay, day, 2));
    // A stake that matures today still bars a new one today.
    const hits = kernel.filter(kernel.skipSample(adopted, stakePerDay, day, 3), locked, 0);
    const amounts = new Float64Array(hits.length);
    let sum = 0;
    for (let at = 0; at < hits.length; at += 1) {
      const id = hits[at]!;
      const part = Math.floor(balance[id]! / 2);
      balance[id] = balance[id]! - part;
      locked[id] = 1;
      amounts[at] = part;
      sum += part;
    }
    if (day >= lockDays) {
      const due = queue.shift()!;
      for (let at = 0; at < due.ids.length; at += 1) {
        const id = due.ids[at]!;
        balance[id] = balance[id]! + due.amounts[at]!;
        locked[id] = 0;
        sum -= due.amounts[at]!;
      }
    }
    queue.push({ ids: hits.slice(), amounts });
    state.balances -= sum;
    state.stakes += sum;
    for (let id = adopted; id < adopted + joins; id += 1) settled[id] = state.accumulator;
    state.adopted += joins;
  }
  return [state.adopted, state.balances / 1e6, state.stakes / 1e6, state.sold / 1e6];
}
