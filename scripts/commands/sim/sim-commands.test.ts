// Workers compile the sources with this native module; the process must hold it as long as they come and go.
import '@swc/core';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../context.js';
import { main } from '../../main.js';

let folder: string;
let study: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'masa sim '));
  study = join(folder, 'study');
  const built = await run(...small, '--runs', '4', '--scenario', 'half-demand', '--out', study);
  expect(built.errors).toBe('');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = ['run', '--days', '60', '--scale', '1000', '--workers', '2'];

async function run(...argv: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const signal = new AbortController().signal;
  const context: Context = {
    cwd: folder,
    env: {},
    packageRoot: process.cwd(),
    home: folder,
    signal,
    interactive: false,
    print: () => {},
    log: () => {},
    progress: () => ({ update() {}, stop() {} }),
    now: () => Date.now(),
  };
  const exitCode = await main(['sim', ...argv], {
    print: (text) => out.push(text),
    printError: (text) => errors.push(text),
    version: '1.2.3',
    signal,
    context,
  });
  return { exitCode, out: out.join('\n'), errors: errors.join('\n') };
}

describe('masa sim', () => {
  it('runs into a folder named by the hash, lists, shows and resumes it', async () => {
    const first = JSON.parse((await run(...small, '--json')).out);
    expect(first.computed).toBe(1);
    expect(first.folder).toBe(join(folder, '.masa', 'studies', first.study.slice(2, 14)));
    expect(first.finals).toHaveLength(8);
    const listed = JSON.parse((await run('ls', '--json')).out);
    expect(listed.studies[0]).toMatchObject({ finished: 1, shards: 1, ids: ['base'] });
    const name = first.study.slice(2, 8);
    expect((await run('show', name)).out).toContain('1 of 1 finished');
    rmSync(join(first.folder, 'summary'), { recursive: true });
    expect((await run('show', name)).errors).toContain('error STUDY_EMPTY');
    const resumed = JSON.parse((await run('resume', name, '--json')).out);
    expect(resumed.computed).toBe(1);
    expect(resumed.finals).toEqual(first.finals);
    writeFileSync(
      join(first.folder, 'study.json'),
      readFileSync(join(first.folder, 'study.json'), 'utf8').replace(
        /"modelHash":"0x../,
        '"modelHash":"0x__',
      ),
    );
    expect((await run('resume', name)).errors).toContain('error STUDY_MODEL');
  });

  it('compares, asks and exports with the same numbers', async () => {
    const compared = JSON.parse((await run('compare', study, '--json')).out);
    const price = compared.rows.find((row: { metric: string }) => row.metric === 'priceUsd');
    const sql = `SELECT avg(b."priceUsd"), avg(s."priceUsd" - b."priceUsd") FROM daily b JOIN daily s USING (run, day)
      WHERE day = 60 AND b.scenario = 'base' AND s.scenario = 'half-demand'`;
    const [[mean, difference]] = JSON.parse((await run('sql', study, sql, '--json')).out).rows;
    expect(price.runs).toBe(4);
    expect(price.baseline).toBeCloseTo(mean, 12);
    expect(price.difference).toBeCloseTo(difference, 12);
    expect(price.low).toBeLessThan(difference);

    const csv = JSON.parse((await run('export', study, '--scenario', 'base', '--json')).out);
    expect(csv.rows).toBe(4 * 60);
    const lines = readFileSync(csv.file, 'utf8').trim().split('\n');
    const at = lines[0]!.split(',').indexOf('priceUsd');
    const last = lines.filter((line) => line.startsWith('base,') && line.split(',')[2] === '60');
    const sum = last.reduce((total, line) => total + Number(line.split(',')[at]), 0);
    expect(sum / 4).toBeCloseTo(mean, 12);
    const again = await run('export', study);
    expect([again.exitCode, again.errors.includes('FILE_EXISTS')]).toEqual([2, true]);
    const rows = JSON.parse((await run('export', study, '--lines', '--json')).out);
    expect(JSON.parse(readFileSync(rows.file, 'utf8').split('\n')[0]!).day).toBe(1);
  });

  it('makes a report of one study and of two', async () => {
    const large = join(folder, 'large');
    await run(...small.slice(0, 3), '--scale', '500', '--out', large);
    for (const studies of [[study], [study, large]]) {
      const out = join(folder, 'report');
      const argv = studies.flatMap((path) => ['--run', path]);
      const built = await main(['report', 'build', ...argv, '--out', out, '--json'], {
        print: () => {},
        printError: (text) => expect(text).toBe(''),
        version: '1',
        signal: new AbortController().signal,
      });
      expect(built).toBe(0);
      const html = readFileSync(join(out, 'report.html'), 'utf8');
      expect(html).toContain('Price');
      expect(html).toContain('sum to zero');
      expect(readdirSync(join(out, 'charts')).some((name) => name.startsWith('price-fan'))).toBe(
        true,
      );
    }
  });

  it.each([
    [2, 'STUDY_INVALID', ['run', '--days', '0']],
    [2, 'USAGE', ['run', '--days', 'many']],
    [2, 'STUDY_INVALID', ['run', '--runs', '1.5']],
    [2, 'STUDY_INVALID', ['run', '--scale', '-3']],
    [2, 'STUDY_INVALID', [...small, '--scenario', 'half-demand', '--scenario', 'half-demand']],
    [2, 'USAGE', ['run', '--days', '5', '--workers', '0']],
    [2, 'USAGE', ['run', '--dais', '5']],
    [2, 'PLAN_NOT_FOUND', ['run', '--plan', 'nowhere.yaml']],
    [2, 'SCENARIO_NOT_FOUND', ['run', '--scenario', 'half-demnd']],
    [2, 'INTERVENTION_LATE', [...small, '--scenario', 'market-crash']],
    [2, 'STUDY_NOT_FOUND', ['show', 'nothing']],
    [2, 'USAGE', ['resume', '']],
    [2, 'STUDY_NOT_FOUND', ['compare', '/']],
    [2, 'USAGE', ['bench', '--scale', '0']],
    [2, 'OUT_UNUSABLE', [...small, '--out', '/dev/null/x']],
  ])('exit %d, %s: sim %j', async (exitCode, code, argv) => {
    const result = await run(...argv);
    expect(result.errors).toContain(`error ${code}`);
    expect(result.exitCode).toBe(exitCode);
    expect(result.errors).not.toMatch(/^\s+at /m);
  });

  it.each([
    [2, 'STORE_QUERY_FAILED', ['sql', 'SELECT nothing FROM daily']],
    [2, 'USAGE', ['compare', '--metric', 'price']],
    [2, 'USAGE', ['compare', '--day', '61']],
    [2, 'SCENARIO_NOT_FOUND', ['export', '--scenario', 'none']],
  ])('exit %d, %s: sim %j of a study', async (exitCode, code, [verb, ...rest]) => {
    const result = await run(verb!, study, ...rest);
    expect(result.errors).toContain(`error ${code}`);
    expect(result.exitCode).toBe(exitCode);
  });

  it('measures itself', async () => {
    const { machine, results } = JSON.parse(
      (await run('bench', '--days', '30', '--scale', '1000', '--json')).out,
    );
    expect(machine).toMatch(/^\d+ x /);
    expect(results[0].rate).toBeGreaterThan(0);
    expect(existsSync(study)).toBe(true);
  });
});
