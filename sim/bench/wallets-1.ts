import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pow } from '../kernel/real-functions.js';
import { Stream } from '../kernel/stream.js';
import { createTypescriptKernel } from '../kernel/typescript-kernel.js';

/** WALLETS-1 on the event-driven kernel, in integers of 10^-6 tokens: adopted, balances, stakes, sold (whole tokens). */
function runWallets(n: number, days: number, seed: number): number[] {
  const key = [seed, 0x57414c4c] as const;
  const kernel = createTypescriptKernel(key);
  const balance = new Float64Array(n);
  const settled = new Float64Array(n);
  const locked = new Uint8Array(n);
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
    const joins = new Stream(key, day, 9).binomial(n - adopted, 0.0003 + (0.006 * adopted) / n);
    if (adopted > 0) state.accumulator += Math.floor((1e12 * pow(0.5, day / 365)) / adopted);
    claim(kernel.skipSample(adopted, 0.05, day, 1));
    sell(kernel.skipSample(adopted, 0.02, day, 2));
    // A stake that matures today still bars a new one today.
    const hits = kernel.filter(kernel.skipSample(adopted, 0.005, day, 3), locked, 0);
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
    if (day >= 90) {
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

const [n = 1_400_000, days = 1460, rounds = 1, lawSeeds = 20] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'wallets-'));
try {
  const program = join(folder, 'wallets');
  execFileSync('gcc', [
    '-O3',
    '-ffp-contract=off',
    '-o',
    program,
    'sim/bench/peers/wallets.c',
    '-lm',
  ]);
  const dense = (size: number, seed: number) =>
    JSON.parse(
      execFileSync(program, [`${size}`, `${days}`, `${seed}`], { encoding: 'utf8' }),
    ) as number[];
  const time = (work: () => unknown) => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  };
  runWallets(20_000, days, 1);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(time(() => runWallets(n, days, round + 1)));
    theirs.push(time(() => dense(n, round + 1)));
  }
  const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
  const size = 10_000;
  const seeds = Array.from({ length: lawSeeds }, (_, at) => at + 1);
  const a = seeds.map((seed) => runWallets(size, days, seed));
  const b = seeds.map((seed) => dense(size, seed + 1000));
  const mean = (rows: number[][], at: number) =>
    rows.reduce((sum, row) => sum + row[at]!, 0) / rows.length;
  const error = (rows: number[][], at: number) =>
    rows.reduce((sum, row) => sum + (row[at]! - mean(rows, at)) ** 2, 0) /
    (rows.length - 1) /
    rows.length;
  const z = Object.fromEntries(
    ['adopted', 'balance', 'staked', 'sold'].map((name, at) => [
      name,
      (mean(a, at) - mean(b, at)) / Math.sqrt(error(a, at) + error(b, at)),
    ]),
  );
  const result = (name: string, values: number[]) => ({
    name,
    seconds: median(values),
    spread: [Math.min(...values), Math.max(...values)],
    rate: (n * days) / median(values),
    unit: 'wallet-days/s',
  });
  process.stdout.write(
    `${JSON.stringify({ machine: cpus()[0]?.model, versions: { node: process.version }, results: [result('wallets-1/ts', ours), result('wallets-1/dense-c', theirs)], ratio: median(theirs) / median(ours), z, lawSeeds, rssMb: process.resourceUsage().maxRSS / 1024 }, null, 1)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
