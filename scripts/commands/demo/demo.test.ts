// Keeps swc's native module loaded while worker threads that use it come and go.
import '@swc/core';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runMasa } from '../../dev/run-masa.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'masa demo '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => runMasa(argv);

describe('masa demo', () => {
  it('takes the default plan from genesis to report, and a neutral plan too', async () => {
    const neutral = join(folder, 'mine.yaml');
    expect(await run('plan', 'init', neutral, '--json')).toMatchObject({ exitCode: 0 });
    for (const plan of ['masa', neutral]) {
      const small = [
        '--days',
        '60',
        '--scale',
        '1000',
        '--runs',
        '3',
        '--out',
        join(folder, 'out'),
        '--json',
      ];
      const { exitCode, out, errors } = await run('demo', '--plan', plan, ...small);
      expect(errors).toBe('');
      // Progress lines come before the document.
      const result = JSON.parse(out.slice(out.indexOf('{\n')));
      expect(
        result.audit.findings.filter(({ status }: { status: string }) => status !== 'pass'),
      ).toEqual([]);
      expect(result).toMatchObject({ supply: { holds: true }, audit: { verdict: 'pass' } });
      expect(result.genesisHash).toMatch(/^0x[0-9a-f]{64}$/);
      expect(readFileSync(result.report, 'utf8')).toContain(result.genesisHash.slice(0, 10));
      expect(exitCode).toBe(0);
    }
  });
});
