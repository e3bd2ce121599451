import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'masa-judge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function judge(lines: Record<string, [covered: number, total: number]>) {
  const file = join(folder, 'summary.json');
  const summary = Object.entries(lines).map(([name, [covered, total]]) => [
    name,
    { lines: { covered, total } },
  ]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(summary)));
  const program = join(import.meta.dirname, 'coverage.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--judge', file], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const good = { '/x/genesis/base/a.ts': [95, 100], '/x/genesis/evm/b.ts': [100, 100] } as const;

it('passes when every room reaches the threshold, and prints each', () => {
  const { status, stdout, stderr } = judge({ ...good, '/x/genesis/index.ts': [0, 0] } as never);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/genesis\/base +95\/100 +95\.00 %/);
  expect(stdout).toMatch(/all of genesis +195\/200 +97\.50 %/);
});

it('fails when one room is below it, although the whole is not', () => {
  const { status, stderr } = judge({
    ...good,
    '/x/genesis/base/a.ts': [94, 100],
    '/x/genesis/plan/c.ts': [999, 1000],
  } as never);
  expect(status).toBe(1);
  expect(stderr).toBe('genesis/base has 94.00 % of its lines covered, below 95 %\n');
});

it('fails when nothing was measured, and for unknown arguments', () => {
  expect(judge({ '/x/sim/a.ts': [1, 1] }).status).toBe(1);
  const program = join(import.meta.dirname, 'coverage.mjs');
  expect(spawnSync(process.execPath, [program, '--juge']).status).toBe(2);
});
