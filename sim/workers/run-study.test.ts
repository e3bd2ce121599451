// Workers compile the sources with this native module; unless this process holds it too, it is unloaded under its own
// threads when the last worker ends, and the process dies.
import '@swc/core';
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPlan, resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { baseScenario } from '../engine/base-scenario.js';
import { runModel } from '../engine/run-model.js';
import type { Study } from '../engine/study.js';
import { metrics } from '../model/metrics.js';
import { hashFile } from '../store/hash-file.js';
import { queryBands } from '../store/query-bands.js';
import { readRuns } from '../store/read-runs.js';
import { readSessions } from '../store/read-sessions.js';
import { readStoredPlan } from '../store/stored-plan.js';
import { findStudyFolder } from '../store/study-folder.js';
import { verifyStudyFolder } from '../store/verify-study-folder.js';
import { hashModel } from './hash-model.js';
import { runStudy } from './run-study.js';

const file = 'genesis/plans/masa.yaml';
const plan = resolvePlan({ text: readFileSync(file, 'utf8'), file });
const study: Study = {
  version: 1,
  planHash: hashPlan(plan),
  modelHash: hashModel(),
  days: 40,
  scale: 1000,
  seed: 5,
  runs: 3,
  scenarios: [
    baseScenario,
    {
      id: 'crash',
      label: 'crash',
      what: 'The price halves.',
      interventions: [{ day: 20, path: 'shock.price', factor: 0.5 }],
    },
  ],
};

let root: string;
let reference: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'masa study '));
  reference = join(root, 'reference');
  await runStudy({ plan, study, folder: reference, workers: 1 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Every file but the log of how it was computed. */
function bytes(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'log.jsonl')
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length), hashFile(path)]),
  );
}

/** A copy of the reference that a test may spoil. */
function copy(name: string): string {
  const folder = join(root, name);
  cpSync(reference, folder, { recursive: true });
  return folder;
}

describe('runStudy', () => {
  it('gives the same bytes with two workers, and tells its progress', async () => {
    const folder = join(root, 'two');
    const seen: number[] = [];
    const result = await runStudy({
      plan,
      study,
      folder,
      workers: 2,
      onProgress: ({ finishedRuns }) => seen.push(finishedRuns),
    });
    expect(result.computed).toBe(6);
    expect(seen.at(-1)).toBe(6);
    expect(Object.keys(bytes(folder))).toHaveLength(2 + 2 * 6);
    expect(bytes(folder)).toEqual(bytes(reference));
  });

  it('keeps what the model says, to the last bit', async () => {
    const { scenarios } = await readRuns(reference);
    const direct = runModel({ plan, seed: 5, run: 2, days: 40, scale: 1000 });
    const read = scenarios[0]!.runs[2]!.columns;
    for (const { name } of metrics) expect(read[name], name).toEqual(direct.columns[name]);
    const folder = findStudyFolder(reference);
    expect(folder.readSummary(folder.shards[2]!).outcomeHash).toBe(direct.hash);
  });

  it('computes nothing twice', async () => {
    const result = await runStudy({ plan, study, folder: reference, workers: 2 });
    expect([result.computed, result.kept]).toEqual([0, 6]);
    expect(readSessions(reference)).toMatchObject([{ computed: 6, workers: 1 }]);
  });

  it('is the same after kill -9 and a second start', async () => {
    const folder = join(root, 'killed');
    const program = `import { readFileSync } from 'node:fs';
      import { resolvePlan } from './genesis/plan/resolve-plan.js';
      import { runStudy } from './sim/workers/run-study.js';
      const plan = resolvePlan({ text: readFileSync('${file}', 'utf8'), file: '${file}' });
      await runStudy({ plan, study: ${JSON.stringify(study)}, folder: ${JSON.stringify(folder)}, workers: 1 });`;
    const child = spawn(
      process.execPath,
      ['--no-warnings', '--loader', 'ts-node/esm', '--input-type=module', '-e', program],
      { stdio: 'ignore' },
    );
    const exit = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
    const summaries = () =>
      existsSync(join(folder, 'summary'))
        ? readdirSync(join(folder, 'summary')).filter((name) => name.endsWith('.json')).length
        : 0;
    while (summaries() < 2 && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill('SIGKILL');
    expect(await exit).toBe('SIGKILL');
    expect(existsSync(join(folder, '.lock'))).toBe(true);
    writeFileSync(join(folder, 'daily', '.99-half.parquet.tmp'), 'PAR1');
    const result = await runStudy({ plan, study, folder, workers: 2 });
    expect(result.kept).toBeGreaterThanOrEqual(2);
    expect(result.computed).toBe(6 - result.kept);
    expect(bytes(folder)).toEqual(bytes(reference));
  });

  it('stops when asked to and goes on later', async () => {
    const folder = join(root, 'stopped');
    const abort = new AbortController();
    const stopped = runStudy({
      plan,
      study,
      folder,
      workers: 1,
      signal: abort.signal,
      onProgress: ({ finishedRuns }) => finishedRuns >= 1 && abort.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'SIM_INTERRUPTED' });
    await runStudy({ plan, study, folder, workers: 2 });
    expect(bytes(folder)).toEqual(bytes(reference));
  });

  it('computes again what was deleted', async () => {
    const folder = copy('deleted');
    rmSync(findStudyFolder(folder).daily(findStudyFolder(folder).shards[4]!));
    expect((await runStudy({ plan, study, folder, workers: 1 })).computed).toBe(1);
    expect(bytes(folder)).toEqual(bytes(reference));
  });

  it.each<[string, (folder: string, daily: string) => void]>([
    ['torn daily file', (_, daily) => writeFileSync(daily, readFileSync(daily).subarray(0, 900))],
    [
      'daily file of another run',
      (folder, daily) => {
        const other = findStudyFolder(folder);
        writeFileSync(daily, readFileSync(other.daily(other.shards[1]!)));
      },
    ],
    [
      'torn summary',
      (folder) => {
        const path = join(folder, 'summary', readdirSync(join(folder, 'summary'))[0]!);
        writeFileSync(path, readFileSync(path).subarray(0, 40));
      },
    ],
    [
      'changed summary',
      (folder) => {
        const path = join(folder, 'summary', readdirSync(join(folder, 'summary'))[0]!);
        writeFileSync(path, readFileSync(path, 'utf8').replace(/\d{9}/, '123456789'));
      },
    ],
    ['foreign file', (folder) => writeFileSync(join(folder, 'daily', 'base-0-x.parquet'), '')],
    ['broken study', (folder) => writeFileSync(join(folder, 'study.json'), '{"version":1}')],
    [
      'other plan',
      (folder) => {
        const path = join(folder, 'plan.json');
        writeFileSync(path, readFileSync(path, 'utf8').replace('"name":"masa"', '"name":"m"'));
        readStoredPlan(folder);
      },
    ],
  ])('refuses a %s', async (name, spoil) => {
    const folder = copy(name);
    const spoilAndRun = async () => {
      const known = findStudyFolder(folder);
      spoil(folder, known.daily(known.shards[0]!));
      await runStudy({ plan, study, folder, workers: 1 });
    };
    await expect(spoilAndRun()).rejects.toMatchObject({ code: 'STUDY_DAMAGED', exitCode: 2 });
  });

  it('refuses the folder of another study, a busy folder, another plan, a wrong path', async () => {
    const run = (changes: Partial<Study>, folder = reference) =>
      runStudy({ plan, study: { ...study, ...changes }, folder, workers: 1 });
    await expect(run({ seed: 6 })).rejects.toMatchObject({ code: 'STUDY_FOREIGN' });
    await expect(run({ planHash: '0x00' })).rejects.toMatchObject({ code: 'STUDY_PLAN' });
    const scenario = (path: string, day = 1) => ({
      scenarios: [{ ...study.scenarios[1]!, interventions: [{ day, path, value: 1 }] }],
    });
    const fresh = join(root, 'fresh');
    await expect(run(scenario('buyers.nothing'), fresh)).rejects.toMatchObject({
      code: 'INTERVENTION_UNKNOWN',
    });
    await expect(run(scenario('shock.price', 41), fresh)).rejects.toMatchObject({
      code: 'INTERVENTION_LATE',
    });
    expect(existsSync(fresh)).toBe(false);
    const busy = copy('busy');
    writeFileSync(join(busy, '.lock'), `${process.ppid}`);
    await expect(run({}, busy)).rejects.toMatchObject({ code: 'STUDY_BUSY' });
    writeFileSync(join(root, 'a-file'), '');
    await expect(run({}, join(root, 'a-file'))).rejects.toMatchObject({
      code: 'STORE_WRITE_FAILED',
    });
  });
});

describe('reading back', () => {
  it('has quantiles as computed by hand', async () => {
    const { scenarios } = await readRuns(reference, ['priceUsd']);
    const { priceUsd } = await queryBands(reference, {
      scenario: 'crash',
      metrics: ['priceUsd'],
      levels: [0, 0.25, 0.5, 1],
    });
    for (const day of [0, 19, 39]) {
      const [low, middle, high] = scenarios[1]!.runs
        .map((run) => run.columns.priceUsd![day]!)
        .sort((a, b) => a - b) as [number, number, number];
      const expected = [low, (low + middle) / 2, middle, high];
      for (const [at, value] of expected.entries()) {
        expect(priceUsd![at]![day]).toBeCloseTo(value, 12);
      }
    }
  });

  it('shares the shocks of a run between scenarios', async () => {
    const { scenarios } = await readRuns(reference, ['priceUsd']);
    for (const run of [0, 1, 2]) {
      const [base, crash] = scenarios.map((item) => item.runs[run]!.columns.priceUsd!);
      expect(crash!.subarray(0, 19)).toEqual(base!.subarray(0, 19));
      expect(crash![19]! / base![19]!).toBeLessThan(0.7);
    }
  });

  it('refuses unknown names and empty studies', async () => {
    await expect(queryBands(reference, { metrics: ['price'] })).rejects.toMatchObject({
      code: 'BANDS_INVALID',
    });
    await expect(
      queryBands(reference, { metrics: ['priceUsd'], scenario: 'none' }),
    ).rejects.toMatchObject({ code: 'BANDS_INVALID' });
    await expect(
      queryBands(reference, { metrics: ['priceUsd'], levels: [95] }),
    ).rejects.toMatchObject({ code: 'BANDS_INVALID' });
    const empty = copy('empty');
    rmSync(join(empty, 'summary'), { recursive: true });
    await expect(readRuns(empty)).rejects.toMatchObject({ code: 'STUDY_EMPTY' });
    await expect(readRuns(root)).rejects.toMatchObject({ code: 'STUDY_NOT_FOUND' });
  });

  it('gives the plan back', () => {
    expect(hashPlan(readStoredPlan(reference))).toBe(study.planHash);
    expect(verifyStudyFolder(findStudyFolder(reference))).toHaveLength(6);
  });
});
