import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { endProcesses } from './end-processes.js';
import { findFreePort } from './find-free-port.js';
import { findProcesses, isNodeProcess } from './find-processes.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'masa processes ')));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

/** A process with a node's command line; what it does on SIGTERM is `onTerm`. */
async function pretend(folder: string, onTerm = 'process.exit(0)'): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const code = `process.on('SIGTERM', () => { ${onTerm} }); setInterval(() => {}, 1000); console.log('ready')`;
  const argv = ['-e', code, '--', '--config-file', join(folder, 'config.json')];
  const child = spawn(process.execPath, argv, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  await new Promise((resolve) => child.stdout!.once('data', resolve));
  return child.pid!;
}

describe('findProcesses', () => {
  it('finds nodes of a folder by what runs, and ends these alone', async () => {
    const [one, two, other] = ['net/nodes/a b', 'net/nodes/c', 'network/nodes/d'].map((name) =>
      join(root, name),
    ) as [string, string, string];
    const pids = [await pretend(one), await pretend(two), await pretend(other)];
    const found = findProcesses(join(root, 'net'));
    expect(found.map(({ pid }) => pid).sort()).toEqual(pids.slice(0, 2).sort());
    expect(found.find(({ pid }) => pid === pids[0])).toMatchObject({ kind: 'node', folder: one });
    expect(isNodeProcess(pids[0]!, one)).toBe(true);
    expect(isNodeProcess(pids[0]!, two)).toBe(false);
    expect(isNodeProcess(process.pid, one)).toBe(false);

    await expect(endProcesses(join(root, 'net'))).resolves.toBe(2);
    expect(findProcesses(join(root, 'net'))).toEqual([]);
    expect(isNodeProcess(pids[2]!, other)).toBe(true); // "network" only begins like "net"
    await expect(endProcesses(join(root, 'net'))).resolves.toBe(0);
  });
});

describe('findFreePort', () => {
  it('gives the port wished for, or another when somebody has it', async () => {
    const wish = await findFreePort();
    await expect(findFreePort(wish)).resolves.toBe(wish);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(wish, '127.0.0.1', resolve));
    const other = await findFreePort(wish);
    server.close();
    expect(other).not.toBe(wish);
    expect(other).toBeGreaterThan(0);
  });
});
