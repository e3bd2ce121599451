import { parentPort, workerData } from 'node:worker_threads';
import { ToolkitError } from '../../genesis/base/errors.js';

export interface TaskAnswer<Result> {
  readonly result: Result;
  /** Buffers that move to the parent without a copy. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** The worker's side of `runPool`: answers each task, and turns errors into data, since a thrown error loses its fields. */
export function serveTasks<Shared, Task, Result>(
  work: (task: Task, shared: Shared) => TaskAnswer<Result> | Promise<TaskAnswer<Result>>,
): void {
  parentPort!.on('message', async (task: Task | null) => {
    if (task === null) {
      parentPort!.close();
      return;
    }
    try {
      const { result, transfer } = await work(task, workerData as Shared);
      parentPort!.postMessage({ kind: 'done', result }, [...(transfer ?? [])]);
    } catch (error) {
      const { code, message, where, allowed, next, exitCode } =
        error instanceof ToolkitError
          ? error
          : new ToolkitError({
              code: 'SIM_RUN_FAILED',
              message: (error as Error).stack ?? String(error),
            });
      parentPort!.postMessage({
        kind: 'failed',
        error: { code, message, where, allowed, next, exitCode },
      });
    }
  });
}
