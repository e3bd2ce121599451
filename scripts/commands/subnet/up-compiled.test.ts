import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compilePlan } from '../../compile-plan.js';
import { packageRoot } from '../../package-root.js';

const root = packageRoot();
const shipped = join(root, 'dist/default-genesis.json');
const cli = join(root, 'dist/scripts/cli.js');
const home = mkdtempSync(join(tmpdir(), 'masa-compiled-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Runs the compiled command; `use` gets the address that it prints, and its end ends the command. */
function run(argv: string[], use: (url: string) => Promise<unknown> = async () => {}) {
  return new Promise<{ code: number | null; errors: string }>((resolve) => {
    const child = spawn(process.execPath, [cli, 'subnet', 'up', ...argv], {
      env: { ...process.env, MASA_HOME: home },
    });
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += text;
    });
    child.stdout.once('data', (text) => {
      const url = /http:\/\/[\d.:]+/.exec(String(text))![0];
      use(url).finally(() => child.kill('SIGTERM'));
    });
    child.on('close', (code) => resolve({ code, errors }));
  });
}

const chainId = (url: string) =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }),
  }).then(async (answer) => ((await answer.json()) as { result: string }).result);

// `npm test` compiles before it tests; a lone run of this file may find nothing.
const reason = existsSync(shipped) ? '' : ' (skipped: nothing is compiled; run npm run build)';
describe.skipIf(reason !== '')(`the compiled masa subnet up${reason}`, () => {
  it('comes with the genesis that the default plan compiles to', async () => {
    const { compiled, plan } = await compilePlan({}, { cwd: root, packageRoot: root });
    const { name, json } = JSON.parse(readFileSync(shipped, 'utf8'));
    expect(name).toBe(plan.name);
    expect(json).toBe(compiled.json);
  });

  it('answers from its bundle, keeps nothing in the home, and knows its errors', async () => {
    let id = '';
    let second = { code: null as number | null, errors: '' };
    const { code, errors } = await run(['--port', '0'], async (url) => {
      id = await chainId(url);
      second = await run(['--port', new URL(url).port]);
    });
    expect(errors).toBe('');
    expect(code).toBe(0);
    const { json } = JSON.parse(readFileSync(shipped, 'utf8'));
    expect(Number(id)).toBe(JSON.parse(json).config.chainId);
    expect(existsSync(join(home, 'cache', 'genesis'))).toBe(false);
    expect(second.code).toBe(2);
    expect(second.errors).toContain('is in use');
    expect(second.errors).not.toContain(' at ');
  });
});
