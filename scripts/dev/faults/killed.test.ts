// Keeps swc's native module loaded while worker threads that use it come and go.
import '@swc/core';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../main.js';
import { packageRoot } from '../../package-root.js';

const folder = mkdtempSync(join(tmpdir(), 'masa-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const study = ['--days', '1460', '--scale', '5000', '--workers', '1'];

/** Runs masa in a process of its own and sends a signal as soon as something is there. */
async function kill(argv: string[], signal: NodeJS.Signals, ready: () => boolean) {
  const loader = ['--no-warnings', '--loader', 'ts-node/esm', 'scripts/cli.ts'];
  const child = spawn(process.execPath, [...loader, ...argv], { cwd: packageRoot() });
  const errors: string[] = [];
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const watch = setInterval(() => {
    if (!ready()) return;
    clearInterval(watch);
    child.kill(signal);
  }, 2);
  const end = await new Promise((resolve) => {
    child.on('close', (code, by) => resolve(by ?? code));
  });
  clearInterval(watch);
  return { end, errors: errors.join('') };
}

async function run(...argv: string[]) {
  const out: string[] = [];
  const exitCode = await main(argv, {
    print: (text) => out.push(text),
    printError: (text) => out.push(text),
    version: '0',
    signal: new AbortController().signal,
  });
  return { exitCode, out: out.join('\n') };
}

const list = (path: string) =>
  existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
const halves = (path: string) => list(path).filter((name) => /\.tmp$|\.partial-/.test(name));

describe('a command that is stopped while it writes', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'sim run says at %s how to go on, and leaves nothing half-written',
    async (signal) => {
      const out = join(folder, signal);
      const argv = ['sim', 'run', ...study, '--out', out];
      const { end, errors } = await kill(argv, signal, () => existsSync(join(out, 'plan.json')));
      expect({ end, halves: halves(out) }).toEqual({ end: 1, halves: [] });
      expect(errors).toMatch(/error SIM_INTERRUPTED: /);
      expect(errors).toMatch(/next: .*(again|resume)/);
      expect(errors).not.toMatch(/^\s+at /m);
    },
  );

  it('report build: what kill -9 leaves is gone after the next run', async () => {
    const out = join(folder, 'report');
    const argv = ['report', 'build', '--out', out];
    // The bytes are written in one go: the signal finds the hidden folder, or the finished report.
    const { end } = await kill(argv, 'SIGKILL', () => list(out).length > 0);
    expect([0, 'SIGKILL']).toContain(end);
    expect((await run(...argv)).exitCode).toBe(0);
    expect(halves(out)).toEqual([]);
    expect(list(out)).toContain('report.html');
  });

  it('genesis build: the file is whole or absent, and a left draft is removed', async () => {
    const file = join(folder, 'genesis.json');
    const { end } = await kill(['genesis', 'build', '--out', file], 'SIGKILL', () =>
      list(folder).some((name) => name.includes('genesis.json')),
    );
    expect([0, 'SIGKILL']).toContain(end);
    const { exitCode } = await run('genesis', 'build', '--out', file);
    expect(exitCode).toBe(0);
    expect(halves(folder).filter((name) => name.includes('genesis'))).toEqual([]);
  });
});
