import { cpus } from 'node:os';
import { ToolkitError } from '../../../genesis/base/errors.js';
import type { ResolvedPlan } from '../../../genesis/plan/resolved-plan.js';
import type { Study } from '../../../sim/engine/study.js';
import { runStudy } from '../../../sim/workers/run-study.js';
import type { CommandResult } from '../../command.js';
import type { Context } from '../../context.js';
import { studySummary } from './study-summary.js';

export interface ComputeStudyParameters {
  readonly plan: ResolvedPlan;
  readonly study: Study;
  readonly folder: string;
  /** Default: one per core. */
  readonly workers: number | undefined;
  readonly context: Context;
}

/** Runs what is missing of a study with a progress bar and returns its summary. */
export async function computeStudy(parameters: ComputeStudyParameters): Promise<CommandResult> {
  const { plan, study, folder, context } = parameters;
  const workers = parameters.workers ?? cpus().length;
  if (!Number.isInteger(workers) || workers < 1 || workers > 256) {
    throw new ToolkitError({
      code: 'USAGE',
      message: `--workers ${parameters.workers} is out of range.`,
      where: '--workers',
      allowed: '1 to 256',
      exitCode: 2,
    });
  }
  const bar = context.progress('days', study.days * study.runs * study.scenarios.length);
  let result: Awaited<ReturnType<typeof runStudy>>;
  try {
    result = await runStudy({
      plan,
      study,
      folder,
      workers,
      signal: context.signal,
      onProgress: ({ runs, finishedRuns, days, finishedDays }) =>
        bar.update(
          study.days * study.runs * study.scenarios.length - days + finishedDays,
          `| ${finishedRuns}/${runs} runs`,
        ),
    });
  } finally {
    bar.stop();
  }
  const { text, rows } = await studySummary(folder);
  const { computed, kept, seconds } = result;
  const { hash } = result.folder;
  const walletDays = result.folder.shards.reduce((sum, shard) => {
    const { figures } = result.folder.readSummary(shard);
    return sum + ((figures as { counters: { walletDays?: number } }).counters.walletDays ?? 0);
  }, 0);
  const done = `${computed} runs computed, ${kept} kept, ${seconds.toFixed(1)} s with ${workers} workers`;
  return {
    text: `${text}\n\n${done}\nstudy ${hash}\n${folder}\nnext: masa report build --run ${folder}`,
    json: { study: hash, folder, computed, kept, seconds, workers, walletDays, finals: rows },
  };
}
