import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKeyToAccount } from 'viem/accounts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbedded } from '../start-embedded.js';
import { testGenesis, testKeys } from '../test-genesis.js';

const [sender, to] = testKeys.map((key) => privateKeyToAccount(key)) as [
  ReturnType<typeof privateKeyToAccount>,
  ReturnType<typeof privateKeyToAccount>,
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'masa-chain-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (genesis = testGenesis()) => startEmbedded({ genesis, port: 0, dataDir: folder });
const log = () => join(folder, 'blocks.log');

const transfer = (nonce: number) =>
  sender.signTransaction({
    type: 'eip1559',
    chainId: 4242,
    nonce,
    to: to.address,
    value: 1n,
    gas: 21_000n,
    maxFeePerGas: 10n ** 12n,
    maxPriorityFeePerGas: 1n,
  });

/** A chain of some transfers that was stopped. @returns Hash of its last block. */
async function leave(blocks: number): Promise<string> {
  const { chain, stop } = await start();
  for (let nonce = 0; nonce < blocks; nonce += 1) await chain.send(await transfer(nonce));
  await stop();
  return chain.head.block.hash;
}

describe('a kept chain', () => {
  it('goes on from its last block', async () => {
    const head = await leave(3);
    const { chain, stop } = await start();
    expect(chain.head.block.hash).toBe(head);
    await chain.send(await transfer(3));
    expect(chain.nonce(sender.address.toLowerCase() as `0x${string}`)).toBe(4n);
    await stop();
  });

  it('cuts off what was not written whole, wherever the process died', async () => {
    await leave(2);
    const whole = readFileSync(log());
    for (const bytes of [1, 7, 8, 50]) {
      truncateSync(log(), whole.length);
      appendFileSync(log(), Buffer.alloc(bytes, 1));
      const again = await start();
      expect(again.tornBytes).toBe(bytes);
      expect(again.chain.head.block.header.number).toBe(2n);
      await again.stop();
      expect(readFileSync(log()).length).toBe(whole.length);
    }
  });

  it('cuts off zeros that a dead machine leaves, and refuses zeros with something behind', async () => {
    await leave(2);
    const whole = readFileSync(log());
    appendFileSync(log(), Buffer.alloc(4096));
    const again = await start();
    expect(again.tornBytes).toBe(4096);
    expect(again.chain.head.block.header.number).toBe(2n);
    await again.stop();
    writeFileSync(log(), Buffer.concat([whole, Buffer.alloc(64), Buffer.alloc(64, 7)]));
    await expect(start()).rejects.toMatchObject({ exitCode: 2 });
  });

  it('refuses damage, other chains, a second process, and other files', async () => {
    await leave(3);
    const good = readFileSync(log());
    await expect(start(testGenesis({ chainId: 4243 }))).rejects.toMatchObject({
      code: 'EMBEDDED_STORE_OTHER_CHAIN',
      exitCode: 2,
    });
    await expect(start(testGenesis({}, '0x66172801'))).rejects.toMatchObject({
      code: 'EMBEDDED_STORE_OTHER_CHAIN',
    });
    const bad = Buffer.from(good);
    bad[100]! ^= 1;
    writeFileSync(log(), bad);
    await expect(start()).rejects.toMatchObject({ code: 'EMBEDDED_STORE_DAMAGED' });
    writeFileSync(log(), 'something else that is longer than a head of a block log is');
    await expect(start()).rejects.toMatchObject({ code: 'EMBEDDED_STORE_DAMAGED' });
    writeFileSync(log(), good);
    const { stop } = await start();
    await expect(start()).rejects.toMatchObject({ code: 'EMBEDDED_STORE_IN_USE' });
    await stop();
  });

  it('forgets reverted blocks and refuses changes that would not replay', async () => {
    const { chain, stop } = await start();
    await chain.send(await transfer(0));
    const snapshot = await chain.snapshot();
    await chain.send(await transfer(1));
    await chain.revert(snapshot);
    const { hash } = chain.head.block;
    await expect(
      chain.override(new Map([[to.address.toLowerCase() as `0x${string}`, { balance: 1n }]])),
    ).rejects.toMatchObject({ rpcCode: -32000 });
    await stop();
    const again = await start();
    expect(again.chain.head.block.hash).toBe(hash);
    await again.stop();
  });

  it('does not make a block that it cannot keep', async () => {
    const { chain, stop } = await start();
    const { store } = chain;
    chain.store = {
      append() {
        throw new RangeError('no space left on device');
      },
      cut() {},
    };
    await expect(chain.send(await transfer(0))).rejects.toThrow(/no space/);
    expect(chain.blocks.length).toBe(1);
    chain.store = store;
    await chain.send(await transfer(0));
    expect(chain.nonce(sender.address.toLowerCase() as `0x${string}`)).toBe(1n);
    await stop();
  });
});
