import { describe, expect, it } from 'vitest';
import { runPool } from './run-pool.js';

/** A worker in plain JavaScript; `shared` is a buffer that lets it remember earlier deaths. */
function entry(body: string): URL {
  const text = `import { parentPort, workerData } from 'node:worker_threads';
    const seen = new Int32Array(workerData);
    parentPort.on('message', async (task) => { if (task === null) return parentPort.close(); ${body} });`;
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}
const answer = "parentPort.postMessage({ kind: 'done', result: task * 2 });";

function run(body: string, workers: number, signal?: AbortSignal) {
  const results: number[] = [];
  return runPool<number, number>({
    entry: entry(body),
    shared: new SharedArrayBuffer(64),
    tasks: [0, 1, 2, 3, 4, 5],
    workers,
    heapMegabytes: 32,
    signal,
    onResult: (result, _, index) => {
      results[index] = result;
    },
  }).then(() => results);
}

describe('runPool', () => {
  it.each([1, 2, 8])('gives every result once with %i workers', async (workers) => {
    expect(await run(answer, workers)).toEqual([0, 2, 4, 6, 8, 10]);
  });

  it.each([
    ['exits', 'process.exit(0)'],
    ['throws outside its answer', "setTimeout(() => { throw new Error('late'); }, 0)"],
    ['runs out of memory', 'const hoard = []; for (;;) hoard.push(new Array(1e6).fill({}))'],
  ])('replaces a worker that %s, and tries the task again', async (_, death) => {
    const body = `if (task === 3 && Atomics.add(seen, 3, 1) < 2) { ${death}; } else { ${answer} }`;
    expect(await run(body, 2)).toEqual([0, 2, 4, 6, 8, 10]);
  });

  it('gives up on a task that ends every worker', async () => {
    await expect(
      run(`if (task === 3) process.exit(7); else { ${answer} }`, 2),
    ).rejects.toMatchObject({
      code: 'SIM_WORKER_DIED',
      message: expect.stringContaining('exit code 7'),
    });
  });

  it('passes a failure on with its code', async () => {
    const body =
      "parentPort.postMessage({ kind: 'failed', error: { code: 'X', message: 'm', exitCode: 2 } });";
    await expect(run(body, 2)).rejects.toMatchObject({ code: 'X', exitCode: 2 });
  });

  it('stops at once when it is asked to', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    const started = Date.now();
    await expect(run('for (;;);', 2, abort.signal)).rejects.toMatchObject({
      code: 'SIM_INTERRUPTED',
    });
    expect(Date.now() - started).toBeLessThan(20_000);
  });
});
