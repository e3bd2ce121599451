import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ToolkitError } from '../../genesis/base/errors.js';
import { hashPlan } from '../../genesis/plan/resolve-plan.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import type { Shard, Study } from '../engine/study.js';
import { verifyScenarios } from '../engine/verify-scenarios.js';
import { metrics } from '../model/metrics.js';
import { cleanStudyFolder } from '../store/clean-study-folder.js';
import { hashFile } from '../store/hash-file.js';
import { lockStudyFolder } from '../store/lock-study-folder.js';
import { writeStoredPlan } from '../store/stored-plan.js';
import { openStudyFolder, type StudyFolder } from '../store/study-folder.js';
import { verifyStudyFolder } from '../store/verify-study-folder.js';
import { writeParquet } from '../store/write-parquet.js';
import { runPool } from './run-pool.js';
import type { RunAnswer, RunShared } from './run-worker.js';

export interface RunStudyParameters {
  readonly plan: ResolvedPlan;
  readonly study: Study;
  /** Where the results go; made when missing. */
  readonly folder: string;
  /** Worker threads, 1 or more. No influence on results. */
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
  /** Called a few times a second. */
  readonly onProgress?: ((progress: StudyProgress) => void) | undefined;
}

export interface StudyProgress {
  readonly runs: number;
  /** Including those of earlier calls. */
  readonly finishedRuns: number;
  /** Days to simulate in this call, and how many of them are done. */
  readonly days: number;
  readonly finishedDays: number;
}

export interface StudyResult {
  readonly folder: StudyFolder;
  readonly computed: number;
  /** Runs that were there already. */
  readonly kept: number;
  readonly seconds: number;
}

/**
 * Runs what is missing of a study and keeps it: `daily/<shard>.parquet`, then `summary/<shard>.json`. Killed at any moment
 * and called again, it ends with the same files as without the kill; only `log.jsonl`, which says how it was computed,
 * differs.
 *
 * @throws ToolkitError `STUDY_FOREIGN`, `STUDY_DAMAGED`, `STUDY_BUSY`, `STUDY_PLAN`, `INTERVENTION_UNKNOWN`,
 * `SIM_INTERRUPTED`, `SIM_WORKER_DIED`, `STORE_WRITE_FAILED`.
 * @example await runStudy({ plan, study, folder: '.masa/studies/a', workers: 2 })
 */
export async function runStudy(parameters: RunStudyParameters): Promise<StudyResult> {
  const { plan, study, workers, signal, onProgress } = parameters;
  const started = performance.now();
  if (hashPlan(plan) !== study.planHash) {
    throw new ToolkitError({
      code: 'STUDY_PLAN',
      message: `The plan ${hashPlan(plan)} is not the one of the study, ${study.planHash}.`,
      exitCode: 2,
    });
  }
  verifyScenarios(plan, study);
  const folder = openStudyFolder(parameters.folder, study);
  const unlock = lockStudyFolder(folder.path);
  try {
    cleanStudyFolder(folder);
    writeStoredPlan(folder.path, plan);
    const finished = verifyStudyFolder(folder);
    const left = folder.shards.filter((shard) => !finished.includes(shard));
    const progress = new SharedArrayBuffer(8);
    const stop = () => void Atomics.store(new Int32Array(progress), 1, 1);
    signal?.addEventListener('abort', stop, { once: true });
    let finishedRuns = finished.length;
    const report = () =>
      onProgress?.({
        runs: folder.shards.length,
        finishedRuns,
        days: left.length * study.days,
        finishedDays: Math.min(Atomics.load(new Int32Array(progress), 0), left.length * study.days),
      });
    const timer = setInterval(report, 250);
    try {
      if (left.length > 0) {
        await runPool<Shard, RunAnswer>({
          entry: workerEntry(),
          shared: { plan, study, progress } satisfies RunShared,
          tasks: left,
          workers,
          signal,
          onResult: async (answer, shard) => {
            await keepRun(folder, shard, answer);
            finishedRuns += 1;
            report();
          },
        });
      }
    } finally {
      clearInterval(timer);
      signal?.removeEventListener('abort', stop);
    }
    const seconds = (performance.now() - started) / 1000;
    if (left.length > 0) logSession(folder.path, { computed: left.length, workers, seconds });
    return { folder, computed: left.length, kept: finished.length, seconds };
  } finally {
    unlock();
  }
}

async function keepRun(folder: StudyFolder, shard: Shard, answer: RunAnswer): Promise<void> {
  const { days, scenarios } = folder.study;
  const path = folder.daily(shard);
  await writeParquet(path, [
    { name: 'scenario', type: 'text', values: Array(days).fill(scenarios[shard.scenario]!.id) },
    { name: 'run', type: 'bigint', values: new Float64Array(days).fill(shard.run) },
    { name: 'day', type: 'bigint', values: Float64Array.from({ length: days }, (_, at) => at + 1) },
    ...metrics.map(({ name }) => ({
      name,
      type: 'double' as const,
      values: answer.columns[name]!,
    })),
  ]);
  folder.writeSummary(shard, {
    shard: shard.id,
    outcomeHash: answer.outcomeHash,
    dailyHash: hashFile(path),
    figures: answer.figures,
  });
}

/** The worker's module: the source while developing, else the compiled file. */
function workerEntry(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./run-worker.${extension}`, import.meta.url);
}

function logSession(
  path: string,
  session: { readonly computed: number; readonly workers: number; readonly seconds: number },
): void {
  const machine = `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const line = { ...session, peakMegabytes, machine, node: process.version };
  appendFileSync(join(path, 'log.jsonl'), `${JSON.stringify(line)}\n`);
}
