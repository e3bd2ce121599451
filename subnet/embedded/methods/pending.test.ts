import { createTestClient, http, publicActions, walletActions } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmbedded, startEmbedded } from '../start-embedded.js';
import { testGenesis, testKeys } from '../test-genesis.js';

const [first, second] = testKeys.map((key) => privateKeyToAccount(key).address) as [
  `0x${string}`,
  `0x${string}`,
];
// Adds one to slot 0, returns it and logs it without topics.
const counter = '0x6000546001018060005560005260206000a060206000f3';
const counterAt = '0x00000000000000000000000000000000000000c1';

let running: RunningEmbedded;
let dev: ReturnType<typeof client>;
beforeAll(async () => {
  running = await startEmbedded({
    genesis: testGenesis(),
    port: 0,
    accounts: testKeys,
    mining: 'manual',
  });
  dev = client();
  await dev.setCode({ address: counterAt, bytecode: counter });
});
afterAll(() => running.stop());

function client() {
  return createTestClient({ mode: 'anvil', transport: http(running.url, { retryCount: 0 }) })
    .extend(publicActions)
    .extend(walletActions);
}
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
const ask = (method: string, ...params: unknown[]): Promise<any> =>
  dev.request({ method, params } as never);

describe('pending', () => {
  it('is the block that would be made of what waits, in every method', async () => {
    const send = (to: `0x${string}`, value: bigint) =>
      dev.sendTransaction({ account: first, chain: null, to, value, gas: 100_000n });
    const hashes = [await send(second, 5n), await send(counterAt, 0n)];
    const balance = async (tag: string) => BigInt(await ask('eth_getBalance', second, tag));
    expect((await balance('pending')) - (await balance('latest'))).toBe(5n);
    expect(await ask('eth_getStorageAt', counterAt, '0x0', 'latest')).toMatch(/0$/);
    expect(await ask('eth_getStorageAt', counterAt, '0x0', 'pending')).toMatch(/1$/);
    expect(await ask('eth_call', { to: counterAt }, 'latest')).toMatch(/1$/);
    expect(await ask('eth_call', { to: counterAt }, 'pending')).toMatch(/2$/);
    expect(await ask('eth_getTransactionCount', first, 'latest')).toBe('0x0');
    expect(await ask('eth_getTransactionCount', first, 'pending')).toBe('0x2');
    // A new slot costs 20,000, a used one 2,900.
    const estimate = async (tag: string) =>
      Number(await ask('eth_estimateGas', { to: counterAt }, tag));
    expect((await estimate('latest')) - (await estimate('pending'))).toBeGreaterThan(16_000);
    const proof = await ask('eth_getProof', second, [], 'pending');
    expect(BigInt(proof.balance)).toBe(await balance('pending'));

    const block = await ask('eth_getBlockByNumber', 'pending', false);
    expect(block).toMatchObject({
      number: '0x1',
      hash: null,
      nonce: null,
      miner: null,
      transactions: hashes,
    });
    expect(block.parentHash).toBe((await ask('eth_getBlockByNumber', 'latest', false)).hash);
    const whole = await ask('eth_getBlockByNumber', 'pending', true);
    expect(whole.transactions.map((one: { hash: string }) => one.hash)).toEqual(hashes);
    expect(whole.transactions[0]).toMatchObject({ blockHash: null, blockNumber: null });
    expect(await ask('eth_getBlockTransactionCountByNumber', 'pending')).toBe('0x2');
    expect(await ask('eth_getTransactionByBlockNumberAndIndex', 'pending', '0x1')).toMatchObject({
      hash: hashes[1],
      blockHash: null,
    });
    const fees = await ask('eth_feeHistory', '0x5', 'pending', []);
    expect(fees.baseFeePerGas).toHaveLength(3);
    expect(fees.gasUsedRatio[1]).toBeGreaterThan(0);
    expect(await ask('eth_getLogs', { fromBlock: '0x0', toBlock: 'pending' })).toEqual([]);
    const [, trace] = await ask('debug_traceBlockByNumber', 'pending', { tracer: 'callTracer' });
    expect(trace.result.to).toBe(counterAt);

    // Nothing of this was kept, and the block that is made is the one that was shown.
    expect(await ask('eth_blockNumber')).toBe('0x0');
    await dev.mine({ blocks: 1 });
    const made = await ask('eth_getBlockByNumber', 'latest', false);
    expect(made).toMatchObject({ stateRoot: block.stateRoot, transactions: hashes });
    expect(await ask('eth_getLogs', { fromBlock: '0x0', toBlock: 'pending' })).toHaveLength(1);
  });

  it('is an empty block when nothing waits', async () => {
    const block = await ask('eth_getBlockByNumber', 'pending', true);
    expect(block).toMatchObject({ number: '0x2', transactions: [], gasUsed: '0x0' });
  });
});

it('refuses a block tag that does not exist', async () => {
  await expect(ask('eth_getBalance', second, 'penning')).rejects.toMatchObject({ code: -32602 });
});
