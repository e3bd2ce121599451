import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import type { Retention } from '../engine/retention.js';
import { runModel } from '../engine/run-model.js';
import type { Shard, Study } from '../engine/study.js';
import { serveTasks } from './serve-tasks.js';

/** What every worker gets once. */
export interface RunShared {
  readonly plan: ResolvedPlan;
  readonly study: Study;
  /** Two Int32: simulated days of all workers so far; not 0 when the work shall stop. */
  readonly progress: SharedArrayBuffer;
}

/** One finished run, on its way to the disk. */
export interface RunAnswer {
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly outcomeHash: Hex;
  readonly figures: RunFigures;
}

/** Summary of a run in exact numbers; amounts in micro-tokens as decimal strings. */
export interface RunFigures {
  readonly finals: Readonly<Record<string, string>>;
  readonly flows: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly retention: readonly Retention[];
  readonly counters: Readonly<Record<string, number>>;
}

serveTasks<RunShared, Shard, RunAnswer>((shard, { plan, study, progress }) => {
  const counter = new Int32Array(progress);
  const { columns, finals, flows, retention, counters, hash } = runModel({
    plan,
    seed: study.seed,
    run: shard.run,
    days: study.days,
    scale: study.scale,
    interventions: study.scenarios[shard.scenario]!.interventions,
    onDay: () => {
      Atomics.add(counter, 0, 1);
      if (Atomics.load(counter, 1) !== 0) {
        throw new ToolkitError({ code: 'SIM_INTERRUPTED', message: 'The run was stopped.' });
      }
    },
  });
  return {
    result: {
      columns,
      outcomeHash: hash,
      figures: {
        finals: toText(finals),
        flows: Object.fromEntries(Object.entries(flows).map(([name, row]) => [name, toText(row)])),
        retention,
        counters: { ...counters },
      },
    },
    transfer: Object.values(columns).map(({ buffer }) => buffer as ArrayBuffer),
  };
});

function toText(amounts: Readonly<Record<string, number | bigint>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, BigInt(amount).toString()]),
  );
}
