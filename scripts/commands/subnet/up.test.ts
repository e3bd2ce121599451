import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testGenesis } from '../../../subnet/embedded/test-genesis.js';
import { main } from '../../main.js';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masa-up-'));
  file = join(folder, 'genesis.json');
  writeFileSync(file, testGenesis());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command until it answers, does something with the chain, and interrupts it. */
async function up(argv: string[], use: (url: string) => Promise<void> = async () => {}) {
  const abort = new AbortController();
  const printed: string[] = [];
  const errors: string[] = [];
  const context = {
    cwd: folder,
    env: {},
    packageRoot: join(import.meta.dirname, '../../..'),
    home: join(folder, 'home'),
    signal: abort.signal,
    interactive: false,
    print: (text: string) => {
      printed.push(text);
      const url = /http:\/\/[\d.]+:\d+/.exec(text)?.[0];
      if (url) use(url).finally(() => abort.abort());
    },
    log() {},
    progress: () => ({ update() {}, stop() {} }),
    now: () => Date.now(),
  };
  const exitCode = await main(['subnet', 'up', ...argv], {
    print: (text) => printed.push(text),
    printError: (text) => errors.push(text),
    version: '0.0.0',
    signal: abort.signal,
    context,
  });
  return { exitCode, printed: printed.join('\n'), errors: errors.join('\n') };
}

async function ask(url: string, method: string, ...params: unknown[]) {
  const answer = await fetch(url, {
    method: 'POST',
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return ((await answer.json()) as { result: string }).result;
}

describe('masa subnet up', () => {
  it('runs the plan’s chain until it is interrupted', async () => {
    let chainId = '';
    const { exitCode, printed } = await up(['--port', '0'], async (url) => {
      chainId = await ask(url, 'eth_chainId');
    });
    expect(exitCode).toBe(0);
    expect(Number(chainId)).toBe(1_339_600);
    expect(printed).toContain('stopped after block 0');
  });

  it('keeps blocks in a folder', async () => {
    const argv = ['--port', '0', '--genesis', file, '--data-dir', 'data'];
    await up(argv, async (url) => {
      await ask(url, 'evm_mine');
    });
    let number = '';
    await up(argv, async (url) => {
      number = await ask(url, 'eth_blockNumber');
    });
    expect(number).toBe('0x1');
  });

  it('says what is wrong, and starts nothing', async () => {
    let second: Awaited<ReturnType<typeof up>> | undefined;
    await up(['--port', '0', '--genesis', file], async (url) => {
      second = await up(['--port', new URL(url).port, '--genesis', file]);
    });
    expect(second).toMatchObject({ exitCode: 2 });
    expect(second?.errors).toContain('EMBEDDED_PORT_IN_USE');
    const cases = [
      [['--mine', 'never'], 'SUBNET_MINE'],
      [['--mine', '0'], 'SUBNET_MINE'],
      [['--port', '70000'], 'SUBNET_PORT'],
      [['--port', 'x'], 'USAGE'],
      [['--genesis', 'missing.json'], 'GENESIS_FILE_UNREADABLE'],
      [['--upgrade', 'upgrade.json'], 'USAGE'],
      [['--plan', 'missing'], 'PLAN_NOT_FOUND'],
    ] as const;
    for (const [argv, code] of cases) {
      const { exitCode, errors } = await up([...argv]);
      expect(exitCode, code).toBe(2);
      expect(errors).toContain(code);
    }
  });
});
