import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findTestNode } from '../../../subnet/avalanchego/find-test-node.js';
import { main } from '../../main.js';

const { binaries, reason } = await findTestNode();
const folder = mkdtempSync(join(tmpdir(), 'masa subnet '));
afterAll(async () => {
  await run('down');
  rmSync(folder, { recursive: true, force: true });
});

/** The command line in this process. */
async function run(...argv: string[]) {
  const abort = new AbortController();
  const printed: string[] = [];
  const errors: string[] = [];
  const context = {
    cwd: folder,
    env: process.env,
    packageRoot: join(import.meta.dirname, '../../..'),
    home: process.env.MASA_HOME ?? join(homedir(), '.masa'),
    signal: abort.signal,
    interactive: false,
    print: (text: string) => {
      printed.push(text);
      if (text.includes('Ctrl-C')) abort.abort();
    },
    log() {},
    progress: () => ({ update() {}, stop() {} }),
    now: () => Date.now(),
  };
  const exitCode = await main(['subnet', ...argv], {
    print: (text) => printed.push(text),
    printError: (text) => errors.push(text),
    version: '0.0.0',
    signal: abort.signal,
    context,
  });
  return { exitCode, printed: printed.join('\n'), errors: errors.join('\n') };
}
async function runJson(...argv: string[]) {
  const { exitCode, printed } = await run(...argv, '--json');
  return { exitCode, json: JSON.parse(printed) };
}

describe.skipIf(binaries === undefined)(`commands of a network of real nodes${reason}`, () => {
  it('up, status, accounts, logs, down, up again, down --delete: all unattended', {
    timeout: 120_000,
  }, async () => {
    const up = await runJson('up', '--engine', 'avalanchego', '--detach');
    expect(up.exitCode).toBe(0);
    expect(up.json).toMatchObject({ chainId: 1_339_600, topology: 'single' });

    const status = await runJson('status');
    expect(status).toMatchObject({
      exitCode: 0,
      json: { complete: true, nodes: [{ name: 'node-1', pHeight: 3, chainHeight: 0 }] },
    });
    expect((await run('status')).printed).toContain('A node without peers');

    const { json } = await runJson('accounts');
    const deployer = json.accounts.find(({ name }: { name?: string }) => name === 'deployer');
    expect(deployer).toMatchObject({ testKey: 0, nonce: 0, contract: false });
    expect(deployer.balance).toBe(deployer.genesisBalance);
    expect(deployer.privateKey).toBeUndefined();
    expect(JSON.stringify((await runJson('accounts', '--keys')).json)).toContain(
      '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
    );

    const logs = await runJson('logs', '--log', 'l1', '--grep', 'Activating new precompile');
    expect(logs.json.length).toBeGreaterThanOrEqual(4);
    expect(logs.json[0]).toMatchObject({ node: 'node-1', log: 'l1', level: 'info' });
    const times = (await runJson('logs', '--lines', '0')).json.map(
      (one: { time: string }) => one.time,
    );
    expect(times).toEqual([...times].sort());
    expect((await runJson('logs', '--level', 'fatal')).json).toEqual([]);

    const down = await runJson('down');
    expect(down).toMatchObject({ exitCode: 0, json: { deleted: false } });
    expect(down.json.ended).toBeGreaterThan(0);
    expect((await runJson('status')).exitCode).toBe(1);
    expect((await run('accounts')).printed).toContain('balances of block 0');

    // In the foreground until Ctrl-C; the address is the one of before.
    const again = await run('up', '--engine', 'avalanchego');
    expect(again.exitCode).toBe(0);
    expect(again.printed).toContain(up.json.rpcUrl);
    expect(again.printed).toContain('stopped; its blocks are kept');
    expect((await runJson('status')).exitCode).toBe(1);

    expect(await run('down', '--delete')).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(folder, '.masa/network'))).toBe(false);
  });
});

describe('bad input', () => {
  it.each([
    [['up', '--topology', 'single'], 'USAGE', '--engine avalanchego'],
    [['up', '--detach'], 'USAGE', '--engine avalanchego'],
    [['up', '--engine', 'avalanchego', '--mine', '20'], 'USAGE', '--mine'],
    [['up', '--engine', 'avalanchego', '--port', '1'], 'USAGE', 'free ports'],
    [['up', '--engine', 'anvil'], 'USAGE', 'avalanchego'],
    [['down'], 'NETWORK_NOT_FOUND', 'masa subnet up'],
    [['status', '--data-dir', 'nowhere'], 'NETWORK_NOT_FOUND', 'nowhere'],
    [['logs'], 'NETWORK_NOT_FOUND', 'masa subnet up'],
    [['accounts'], 'NETWORK_NOT_FOUND', 'masa subnet up'],
  ])('%j is refused and nothing is made', async (argv, code, words) => {
    const { exitCode, errors } = await run(...argv);
    expect(exitCode).toBe(2);
    expect(errors).toContain(`error ${code}`);
    expect(errors).toContain(words);
    expect(existsSync(join(folder, '.masa/network'))).toBe(false);
  });
});
