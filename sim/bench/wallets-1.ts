import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareLaws } from './compare-laws.js';
import { runWallets, statistics, type WalletsWorkload, wallets1 } from './run-wallets.js';

// Arguments: wallets, days, rounds of timing (0 for none), seeds and wallets of the comparison of laws.
const [
  wallets = wallets1.wallets,
  days = wallets1.days,
  rounds = 1,
  lawSeeds = 50,
  lawWallets = 140_000,
] = process.argv.slice(2).map(Number);

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const time = (work: () => unknown) => {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
};

const folder = mkdtempSync(join(tmpdir(), 'wallets-'));
try {
  const program = join(folder, 'wallets');
  const source = 'sim/bench/peers/wallets.c';
  execFileSync('gcc', ['-O3', '-ffp-contract=off', '-o', program, source, '-lm']);
  const dense = (size: number, seed: number) =>
    JSON.parse(
      execFileSync(program, [`${size}`, `${days}`, `${seed}`], { encoding: 'utf8' }),
    ) as number[];
  runWallets({ ...wallets1, wallets: 20_000, days }, 1);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(time(() => runWallets({ ...wallets1, wallets, days }, round + 1)));
    theirs.push(time(() => dense(wallets, round + 1)));
  }
  const result = (name: string, values: number[]) => ({
    name,
    seconds: median(values),
    spread: [Math.min(...values), Math.max(...values)],
    rate: (wallets * days) / median(values),
    unit: 'wallet-days/s',
  });
  const seeds = Array.from({ length: lawSeeds }, (_, at) => at + 1);
  const law = { ...wallets1, wallets: lawWallets, days };
  const peer = seeds.map((seed) => dense(lawWallets, seed + 1000));
  const compare = (workload: WalletsWorkload) =>
    compareLaws(
      statistics,
      seeds.map((seed) => runWallets(workload, seed)),
      peer,
    );
  const comparison =
    lawSeeds < 2
      ? {}
      : {
          law: compare(law),
          // The comparison must see a lock that is two days short, or it says nothing.
          control: compare({ ...law, lockDays: law.lockDays - 2 }),
        };
  process.stdout.write(
    `${JSON.stringify(
      {
        machine: cpus()[0]?.model,
        versions: { node: process.version },
        results:
          rounds > 0 ? [result('wallets-1/ts', ours), result('wallets-1/dense-c', theirs)] : [],
        ...(rounds > 0 ? { ratio: median(theirs) / median(ours) } : {}),
        lawSeeds,
        lawWallets,
        ...comparison,
        rssMb: process.resourceUsage().maxRSS / 1024,
      },
      null,
      1,
    )}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
