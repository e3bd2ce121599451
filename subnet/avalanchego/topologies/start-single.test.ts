import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../binaries/fake-programs.js';
import { type FoundNode, findNode } from '../binaries/find-node.js';
import { recordChain } from '../fixture/record-chain.js';
import { callJsonRpc } from '../process/call-json-rpc.js';
import { type RunningSingle, startSingle } from './start-single.js';

const home = process.env.MASA_HOME ?? join(homedir(), '.masa');
const moduleFolder = join(import.meta.dirname, '../node');
let reason = '';
const binaries: FoundNode | undefined = await findNode({
  moduleFolder,
  home,
  env: process.env,
}).catch((error) => {
  reason = ` (skipped: ${error.message} ${error.next})`;
  return undefined;
});
const fixture = join(import.meta.dirname, '../../../genesis/evm/fixtures/granite');
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe.skipIf(binaries === undefined)(`a real AvalancheGo node${reason}`, () => {
  const start = async (folder: string, genesis: string): Promise<RunningSingle> =>
    startSingle({
      binaries: binaries!,
      folder,
      seed: 'start-single test',
      genesis,
      startTime: Math.floor(Date.now() / 1000) - 60,
    });
  const makeFolder = async () => {
    const folder = await makeTemporaryFolder();
    folders.push(folder);
    return folder;
  };
  const isAlive = (pid: number) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };

  it('comes up as an L1, keeps its chain over a restart, and ends', {
    timeout: 60_000,
  }, async () => {
    const folder = await makeFolder();
    const genesis = (await readFile(join(fixture, 'genesis.json'), 'utf8')).trimEnd();
    const [recordedGenesis = ''] = (await readFile(join(fixture, 'blocks.jsonl'), 'utf8')).split(
      '\n',
    );
    const first = await start(folder, genesis);
    try {
      const { blocks } = await recordChain(first.rpcUrl);
      expect(blocks[0]).toEqual(JSON.parse(recordedGenesis));
      const subnet = await callJsonRpc<Record<string, unknown>>(
        `${first.node.uri}/ext/bc/P`,
        'platform.getSubnet',
        { subnetID: first.subnetId },
      );
      expect(subnet.managerChainID).toBe(first.blockchainId);
      expect(subnet.isPermissioned).toBe(false);
    } finally {
      await first.stop();
    }
    expect(isAlive(first.node.pid)).toBe(false);

    const second = await start(folder, genesis);
    await second.stop();
    expect(second).toMatchObject({
      subnetId: first.subnetId,
      blockchainId: first.blockchainId,
    });
  });

  it('says why the node refused a genesis, and leaves no process', {
    timeout: 60_000,
  }, async () => {
    const folder = await makeFolder();
    const genesis = JSON.parse(await readFile(join(fixture, 'genesis.json'), 'utf8'));
    genesis.gasLimit = '0x1'; // not the one of the fee configuration
    const error = await start(folder, JSON.stringify(genesis)).catch((e) => e);
    expect(error).toMatchObject({ code: 'NODE_CHAIN_DOWN' });
    expect(error.message).toMatch(/gas limit/i);
    const { pid } = existsSync(join(folder, 'process.json'))
      ? JSON.parse(await readFile(join(folder, 'process.json'), 'utf8'))
      : { pid: 0 };
    expect(pid === 0 || !isAlive(pid)).toBe(true);
  });

  it('tells how a node ended that does not start', { timeout: 60_000 }, async () => {
    const folder = await makeFolder();
    await expect(
      startSingle({
        binaries: binaries!,
        folder,
        seed: 'start-single test',
        genesis: '{"config":{}}'.padEnd(20),
        startTime: Math.floor(Date.now() / 1000) - 60,
        flags: { 'no-such-flag': true, 'network-id': 'mainnet' },
      }),
    ).rejects.toMatchObject({ code: 'NODE_START_FAILED' });
  });
});
