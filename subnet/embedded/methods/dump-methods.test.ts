import { gzipSync } from 'node:zlib';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Hex } from '../../../genesis/base/hash.js';
import { type RunningEmbedded, startEmbedded } from '../start-embedded.js';
import { testGenesis, testKeys } from '../test-genesis.js';

const [first, second] = testKeys.map((key) => privateKeyToAccount(key).address) as [Hex, Hex];
const open: RunningEmbedded[] = [];
afterAll(() => Promise.all(open.map((one) => one.stop())));

async function start(genesis = testGenesis()) {
  const running = await startEmbedded({ genesis, port: 0, accounts: testKeys });
  open.push(running);
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
  const ask = async (method: string, ...params: unknown[]): Promise<any> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const answer = await fetch(running.url, { method: 'POST', body });
    const { result, error } = (await answer.json()) as { result: unknown; error?: object };
    if (error !== undefined) throw Object.assign(new Error(), error);
    return result;
  };
  return { ...running, ask };
}
const transfer = { from: first, to: second, value: '0x7', gas: '0x5208' };
const packed = (content: unknown): Hex => `0x${gzipSync(JSON.stringify(content)).toString('hex')}`;

let chain: Awaited<ReturnType<typeof start>>;
beforeEach(async () => {
  chain = await start();
});

describe('anvil_dumpState and anvil_loadState', () => {
  it('make another chain of the same genesis the same chain', async () => {
    for (let count = 0; count < 3; count += 1) await chain.ask('eth_sendTransaction', transfer);
    const state = await chain.ask('anvil_dumpState');
    const other = await start();
    await other.ask('eth_sendTransaction', { ...transfer, from: second, to: first });
    expect(await other.ask('anvil_loadState', state)).toBe(true);
    expect(other.chain.head.block.hash).toBe(chain.chain.head.block.hash);
    expect(other.chain.overridden).toBe(false);
    await other.ask('eth_sendTransaction', transfer);
    expect(await other.ask('eth_blockNumber')).toBe('0x4');
  });

  it('carry accounts to another genesis, and what developers set', async () => {
    const code = '0x60005460005260206000f3';
    const at = '0x00000000000000000000000000000000000000f1';
    const slot = `0x${'0'.repeat(64)}`;
    const value = `0x${'ab'.padStart(64, '0')}`;
    await chain.ask('anvil_setCode', at, code);
    await chain.ask('anvil_setStorageAt', at, slot, value);
    await chain.ask('eth_sendTransaction', transfer);
    const state = await chain.ask('anvil_dumpState');
    for (const other of [await start(testGenesis({}, '0x66172801')), await start()]) {
      await other.ask('anvil_loadState', state);
      expect(await other.ask('eth_call', { to: at })).toBe(value);
      expect(await other.ask('eth_getTransactionCount', first, 'latest')).toBe('0x1');
      expect(other.chain.overridden).toBe(true);
      expect(await other.ask('eth_blockNumber')).toBe('0x0');
    }
  });

  it('takes the accounts of a dump that anvil wrote', async () => {
    const accounts = {
      [second]: { nonce: 3, balance: '0x9', code: '0x', storage: {} },
    };
    await chain.ask('anvil_loadState', packed({ block: { number: '0x1' }, accounts }));
    expect(await chain.ask('eth_getBalance', second, 'latest')).toBe('0x9');
    expect(await chain.ask('eth_getTransactionCount', second, 'latest')).toBe('0x3');
  });

  it.each([
    ['nothing', undefined],
    ['no hex', 'state'],
    ['no packed JSON', '0x1234'],
    ['packed text', `0x${gzipSync('text').toString('hex')}`],
    ['no accounts', packed({})],
    ['a bad balance', packed({ accounts: { [first]: { nonce: 0, balance: 5, code: '0x' } } })],
    ['a bad nonce', packed({ accounts: { [first]: { nonce: -1, balance: '0x1', code: '0x' } } })],
    ['a bad address', packed({ accounts: { '0x1': { nonce: 0, balance: '0x1', code: '0x' } } })],
  ])('refuses %s and changes nothing', async (_, state) => {
    await expect(chain.ask('anvil_loadState', state)).rejects.toMatchObject({ code: -32602 });
    expect(chain.chain.overridden).toBe(false);
  });

  it('refuses blocks that do not follow', async () => {
    const genesisHash = chain.chain.head.block.hash;
    await expect(
      chain.ask('anvil_loadState', packed({ genesisHash, blocksRlp: ['0xc0'] })),
    ).rejects.toMatchObject({ code: -32000 });
  });
});

describe('anvil_reset', () => {
  it('goes back to block 0 and forgets everything else', async () => {
    const { stateRoot } = chain.chain.head.block.header;
    const id = await chain.ask('evm_snapshot');
    await chain.ask('anvil_setBalance', second, '0x1');
    await chain.ask('anvil_impersonateAccount', first);
    await chain.ask('eth_sendTransaction', transfer);
    await chain.ask('evm_increaseTime', 1000);
    expect(await chain.ask('anvil_reset')).toBe(true);
    expect(await chain.ask('eth_blockNumber')).toBe('0x0');
    expect(chain.chain.overridden).toBe(false);
    expect(chain.chain.head.block.state.root).toEqual(
      Uint8Array.from(Buffer.from(stateRoot.slice(2), 'hex')),
    );
    expect(await chain.ask('evm_revert', id)).toBe(false);
    await chain.ask('eth_sendTransaction', transfer);
    expect(await chain.ask('eth_getTransactionCount', first, 'latest')).toBe('0x1');
  });

  it('refuses to fork', async () => {
    const forking = { jsonRpcUrl: 'http://127.0.0.1:1' };
    await expect(chain.ask('anvil_reset', { forking })).rejects.toMatchObject({ code: -32602 });
    await expect(chain.ask('hardhat_reset', 5)).rejects.toMatchObject({ code: -32602 });
  });
});
