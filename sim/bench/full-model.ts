import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { runModel } from '../engine/run-model.js';

const file = 'genesis/plans/masa.yaml';
const plan = resolvePlan({ text: readFileSync(file, 'utf8'), file });
const [days = 1460, scale = 1] = process.argv.slice(2).map(Number);
const start = performance.now();
const { counters, hash, columns, finals } = runModel({ plan, seed: 1, run: 0, days, scale });
const seconds = (performance.now() - start) / 1000;
const sample = [1, 30, 188, 365, 474, 730, 1095, 1460].filter((day) => day <= days);
const table = Object.fromEntries(
  Object.entries(columns).map(([name, column]) => [name, sample.map((day) => column[day - 1]!)]),
);
process.stdout.write(
  `${JSON.stringify(
    {
      machine: cpus()[0]?.model,
      versions: { node: process.version },
      hash,
      results: [
        {
          name: 'full-model/ts',
          rate: counters.walletDays / seconds,
          unit: 'wallet-days/s',
          seconds,
          rssMb: process.resourceUsage().maxRSS / 1024,
          eventsPerWalletYear: (counters.events / counters.walletDays) * 365,
          nanosecondsPerEvent: (seconds * 1e9) / counters.events,
        },
      ],
      sample,
      ...(process.env.SHOW ? { table, finals } : {}),
    },
    null,
    1,
  )}\n`,
);
