import {
  createTestClient,
  getContractAddress,
  http,
  publicActions,
  toHex,
  walletActions,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { creationCode, abi as wrapped } from '../../../contracts/generated/WMASA.js';
import { type RunningEmbedded, startEmbedded } from '../start-embedded.js';
import { testGenesis, testKeys } from '../test-genesis.js';

const [first, second] = testKeys.map((key) => privateKeyToAccount(key).address) as [
  `0x${string}`,
  `0x${string}`,
];
const stranger = '0x00000000000000000000000000000000000ab1e5';

let running: RunningEmbedded;
beforeEach(async () => {
  running = await startEmbedded({ genesis: testGenesis(), port: 0, accounts: testKeys });
});
afterEach(() => running.stop());

function client(mode: 'anvil' | 'hardhat' = 'anvil') {
  return createTestClient({ mode, transport: http(running.url, { retryCount: 0 }) })
    .extend(publicActions)
    .extend(walletActions);
}

describe('time', () => {
  it('moves by what is asked, and never back', async () => {
    const dev = client();
    await dev.mine({ blocks: 1 });
    const before = (await dev.getBlock()).timestamp;
    await dev.increaseTime({ seconds: 86_400 });
    await dev.mine({ blocks: 1 });
    const after = (await dev.getBlock()).timestamp;
    expect(Number(after - before)).toBeGreaterThanOrEqual(86_400);
    expect(Number(after - before)).toBeLessThan(86_410);
    await dev.setNextBlockTimestamp({ timestamp: after + 1000n });
    await dev.mine({ blocks: 1 });
    expect((await dev.getBlock()).timestamp).toBe(after + 1000n);
    await expect(dev.setNextBlockTimestamp({ timestamp: before })).rejects.toThrow(/too early/);
    await dev.mine({ blocks: 3, interval: 60 });
    const head = await dev.getBlock();
    const two = await dev.getBlock({ blockNumber: head.number - 2n });
    expect(head.timestamp - two.timestamp).toBe(120n);
  });
});

describe('snapshots', () => {
  it('go back with blocks, balances, nonces and time, once', async () => {
    const dev = client();
    const id = await dev.snapshot();
    const hash = await dev.sendTransaction({
      account: first,
      chain: null,
      to: stranger,
      value: 5n,
    });
    await dev.increaseTime({ seconds: 999_999 });
    await dev.setBalance({ address: second, value: 1n });
    await dev.revert({ id });
    expect(await dev.getBlockNumber({ cacheTime: 0 })).toBe(0n);
    expect(await dev.getBalance({ address: stranger })).toBe(0n);
    expect(await dev.getBalance({ address: second })).toBe(10n ** 24n);
    expect(await dev.getTransactionCount({ address: first })).toBe(0);
    await expect(dev.getTransactionReceipt({ hash })).rejects.toThrow(/could not be found/);
    expect(await dev.request({ method: 'evm_revert', params: [id] })).toBe(false);
    await dev.mine({ blocks: 1 });
    const { timestamp } = await dev.getBlock();
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(10);
  });
});

describe('mining', () => {
  it('waits for mine when automine is off', async () => {
    const dev = client();
    await dev.setAutomine(false);
    const send = (nonce: number) =>
      dev.sendTransaction({
        account: first,
        chain: null,
        to: stranger,
        value: 1n,
        nonce,
        gas: 21_000n,
      });
    const hashes = [await send(0), await send(1)];
    expect(await dev.getBlockNumber({ cacheTime: 0 })).toBe(0n);
    expect(await dev.getTransactionCount({ address: first, blockTag: 'pending' })).toBe(2);
    await dev.mine({ blocks: 1 });
    const receipts = await Promise.all(hashes.map((hash) => dev.getTransactionReceipt({ hash })));
    expect(receipts.map(({ blockNumber }) => blockNumber)).toEqual([1n, 1n]);
  });
});

describe.each(['anvil', 'hardhat'] as const)('accounts in the words of %s', (mode) => {
  it('are set, impersonated, and mark the chain', async () => {
    const dev = client(mode);
    expect(running.chain.overridden).toBe(false);
    await dev.setBalance({ address: stranger, value: 10n ** 20n });
    await dev.setNonce({ address: stranger, nonce: 5 });
    await dev.setCode({ address: stranger, bytecode: '0x60005460005260206000f3' });
    await dev.setStorageAt({ address: stranger, index: 0, value: toHex(77, { size: 32 }) });
    expect(running.chain.overridden).toBe(true);
    expect((await dev.call({ to: stranger })).data).toBe(toHex(77, { size: 32 }));
    const send = () =>
      dev.sendTransaction({ account: stranger, chain: null, to: first, value: 3n });
    await expect(send()).rejects.toThrow(/unknown account/);
    await dev.impersonateAccount({ address: stranger });
    const hash = await send();
    expect(await dev.getTransactionReceipt({ hash })).toMatchObject({
      status: 'success',
      from: stranger,
    });
    expect(await dev.getTransaction({ hash })).toMatchObject({ nonce: 5, from: stranger });
    await dev.stopImpersonatingAccount({ address: stranger });
    await expect(send()).rejects.toThrow(/unknown account/);
  });
});

it('signs for its own accounts, and such blocks replay', async () => {
  const dev = client();
  expect((await dev.getAddresses()).map(String)).toEqual([first, second]);
  const hash = await dev.deployContract({
    account: first,
    chain: null,
    abi: wrapped,
    bytecode: creationCode,
  });
  const { contractAddress } = await dev.getTransactionReceipt({ hash });
  expect(contractAddress?.toLowerCase()).toBe(
    getContractAddress({ from: first, nonce: 0n }).toLowerCase(),
  );
  expect(running.chain.overridden).toBe(false);
});

it('keeps filters of blocks, logs and waiting transactions', async () => {
  const dev = client();
  const hash = await dev.deployContract({
    account: first,
    chain: null,
    abi: wrapped,
    bytecode: creationCode,
  });
  const address = (await dev.getTransactionReceipt({ hash })).contractAddress!;
  const blocks = await dev.createBlockFilter();
  const logs = await dev.createEventFilter({ address });
  const waiting = await dev.createPendingTransactionFilter();
  const deposit = await dev.writeContract({
    account: first,
    chain: null,
    address,
    abi: wrapped,
    functionName: 'deposit',
    value: 9n,
  });
  expect(await dev.getFilterChanges({ filter: blocks })).toEqual([(await dev.getBlock()).hash]);
  const found = await dev.getFilterChanges({ filter: logs });
  expect(found.map((log) => log.transactionHash)).toEqual([deposit]);
  expect(await dev.getFilterChanges({ filter: waiting })).toEqual([deposit]);
  expect(await dev.getFilterChanges({ filter: logs })).toEqual([]);
  expect(await dev.getFilterLogs({ filter: logs })).toHaveLength(1);
  expect(await dev.uninstallFilter({ filter: logs })).toBe(true);
  await expect(dev.getFilterChanges({ filter: logs })).rejects.toThrow(/filter not found/);
});
