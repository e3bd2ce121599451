import { Worker } from 'node:worker_threads';
import { ToolkitError } from '../../genesis/base/errors.js';

export interface RunPoolParameters<Task, Result> {
  /** Module that calls `serveTasks` (or answers messages as it does, and ends when it gets null), as a URL of the source (`.ts`) or the compiled file (`.js`). */
  readonly entry: URL;
  /** Handed to every worker once. */
  readonly shared: unknown;
  readonly tasks: readonly Task[];
  /** Number of worker threads; at most one per task is started. */
  readonly workers: number;
  /** Limit of each worker's JavaScript heap in MiB; typed arrays do not count. Default 2048. */
  readonly heapMegabytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called in the order in which tasks end, which may be any order. The next task of that worker waits for it. */
  onResult(result: Result, task: Task, index: number): void | Promise<void>;
}

/** How often a task is given to a fresh worker after the one before it died. */
const attempts = 3;
/** How long an idle or stopping worker may take to end by itself. */
const patienceMilliseconds = 2000;

/**
 * Runs every task once on a pool of worker threads. A worker that dies is replaced and its task is tried again; a task
 * that throws ends the pool with its error. Which worker does what has no influence on results.
 *
 * @throws ToolkitError `SIM_INTERRUPTED`, `SIM_WORKER_DIED`, or what the task threw.
 */
export async function runPool<Task, Result>(
  parameters: RunPoolParameters<Task, Result>,
): Promise<void> {
  const { tasks, signal } = parameters;
  const queue = tasks.map((_, index) => ({ index, tries: 0 }));
  const count = Math.max(1, Math.min(parameters.workers, tasks.length));
  const live = new Set<Worker>();
  let stopped = false;
  const finished = 0;

  const lane = async () => {
    let worker: Worker | undefined;
    for (let item = queue.shift(); item !== undefined && !stopped; item = queue.shift()) {
      if (signal?.aborted) throw interrupted(finished, tasks.length);
      worker ??= start(parameters, live);
      const task = tasks[item.index]!;
      const reply = await exchange<Result>(worker, task, signal);
      if (reply.kind === 'died') {
        live.delete(worker);
        worker = undefined;
        item.tries += 1;
        if (signal?.aborted) throw interrupted(finished, tasks.length);
        if (item.tries >= attempts) {
          throw new ToolkitError({
            code: 'SIM_WORKER_DIED',
            message: `Run ${item.index} ended its worker ${attempts} times: ${reply.reason}.`,
            next: 'Give the process more memory, or fewer --workers; finished runs are kept.',
          });
        }
        queue.unshift(item);
      } else if (reply.kind === 'failed') {
        if (signal?.aborted) throw interrupted(finished, tasks.length);
        throw new ToolkitError(reply.error);
      } else await parameters.onResult(reply.result, task, item.index);
    }
  };

  try {
    await Promise.all(Array.from({ length: count }, lane));
  } finally {
    stopped = true;
    await Promise.all([...live].map(endWorker));
  }
}

/** Asks a worker to end by itself: pulling it down from outside can take native code with it. Busy ones are terminated. */
async function endWorker(worker: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', () => {});
  worker.postMessage(null);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMilliseconds);
  });
  await Promise.race([ended, late]);
  clearTimeout(timer);
  await worker.terminate();
}

type Reply<Result> =
  | { kind: 'done'; result: Result }
  | { kind: 'failed'; error: ConstructorParameters<typeof ToolkitError>[0] }
  | { kind: 'died'; reason: string };

function start<Task, Result>(
  parameters: RunPoolParameters<Task, Result>,
  live: Set<Worker>,
): Worker {
  const { entry, shared } = parameters;
  const fromSource = entry.pathname.endsWith('.ts');
  const worker = new Worker(entry, {
    workerData: shared,
    resourceLimits: { maxOldGenerationSizeMb: parameters.heapMegabytes ?? 2048 },
    ...(fromSource && { execArgv: ['--no-warnings', '--loader', 'ts-node/esm'] }),
  });
  live.add(worker);
  return worker;
}

function exchange<Result>(
  worker: Worker,
  task: unknown,
  signal: AbortSignal | undefined,
): Promise<Reply<Result>> {
  return new Promise((resolve) => {
    const finish = (reply: Reply<Result>) => {
      worker.off('message', finish).off('error', broke).off('exit', ended);
      signal?.removeEventListener('abort', stop);
      resolve(reply);
    };
    const broke = (error: Error) => {
      // A second error of a dying worker must not end the process.
      worker.on('error', () => {});
      finish({ kind: 'died', reason: error.message });
    };
    const ended = (code: number) => finish({ kind: 'died', reason: `exit code ${code}` });
    const stop = () => {
      // A worker that watches for the stop itself answers within a moment.
      setTimeout(() => void worker.terminate(), patienceMilliseconds).unref();
    };
    worker.on('message', finish).on('error', broke).on('exit', ended);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    worker.postMessage(task);
  });
}

function interrupted(finished: number, all: number): ToolkitError {
  return new ToolkitError({
    code: 'SIM_INTERRUPTED',
    message: `Stopped with ${finished} of ${all} runs finished.`,
    next: 'Run the same command again; finished runs are kept.',
  });
}
