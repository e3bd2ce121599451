import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMasa } from '../../dev/run-masa.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masa report '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => runMasa(argv);

describe('masa report', () => {
  it.each(['masa', 'neutral'])(
    'builds the report of the plan %s, shows it, exports it',
    async (plan) => {
      const out = join(folder, plan);
      const built = await run('report', 'build', '--plan', plan, '--out', out, '--json');
      expect(built.errors).toBe('');
      expect(built.exitCode).toBe(0);
      const { report, files } = JSON.parse(built.out);
      expect(report).toBe(join(out, 'report.html'));
      for (const file of files) expect(existsSync(file), file).toBe(true);
      const html = readFileSync(report, 'utf8');
      expect(html.includes('Unlock schedule')).toBe(true);
      if (plan === 'neutral')
        expect(/masa/i.test(html.replace(/masa (demo|report)/g, ''))).toBe(false);

      const opened = await run('report', 'open', out, '--no-browser');
      expect(opened.out).toMatch(/^file:\/\/.*report\.html$/);

      const exported = await run(
        'report',
        'export',
        out,
        '--chart',
        'allocation',
        '--svg',
        '--json',
      );
      expect(JSON.parse(exported.out).files).toEqual([
        join(out, 'pictures', 'allocation.png'),
        join(out, 'pictures', 'allocation.svg'),
      ]);
    },
  );

  it.each([
    [2, 'PLAN_NOT_FOUND', ['build', '--plan', 'msaa']],
    [2, 'REPORT_NOT_FOUND', ['open', '/nowhere/at/all']],
    [2, 'REPORT_NOT_FOUND', ['export', '/nowhere/at/all']],
    [2, 'USAGE', ['export', '--zoom', '99']],
    [2, 'USAGE', ['export', '--zoom', 'big']],
    [2, 'USAGE', ['export', '--no-png']],
    [2, 'USAGE', ['export', '--scheme', 'sepia']],
  ])('exit %d, %s: report %j', async (exitCode, code, argv) => {
    const result = await run('report', ...argv);
    expect(result.errors).toContain(`error ${code}`);
    expect(result.exitCode).toBe(exitCode);
    expect(result.errors).not.toMatch(/^\s+at /m);
  });

  it('says where it cannot write', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, 'mine');
    const result = await run('report', 'build', '--out', file);
    expect(result.exitCode).toBe(2);
    expect(result.errors).toContain('error OUT_UNUSABLE');
    expect(result.errors).toContain('--out');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});
