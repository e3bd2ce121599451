import { RLP } from '@ethereumjs/rlp';
import {
  createPublicClient,
  createWalletClient,
  defineChain,
  encodeDeployData,
  hexToBytes,
  http,
  keccak256,
  type PublicClient,
  parseAbi,
  type Transport,
  toHex,
  webSocket,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creationCode, abi as wrapped } from '../../contracts/generated/WMASA.js';
import type { Hex } from '../../genesis/base/hash.js';
import { parseGenesis } from '../../genesis/compile/parse-genesis.js';
import { genesisBlock } from '../../genesis/evm/chain-block.js';
import { createEngine, pureCrypto } from '../../genesis/evm/engine.js';
import { processBlock } from '../../genesis/evm/process-block.js';
import { type RunningEmbedded, startEmbedded } from './start-embedded.js';
import { testGenesis, testKeys } from './test-genesis.js';

const account = privateKeyToAccount(testKeys[0]);
const other = privateKeyToAccount(testKeys[1]).address;

let running: RunningEmbedded;
beforeAll(async () => {
  running = await startEmbedded({ genesis: testGenesis(), port: 0 });
});
afterAll(() => running.stop());

function clients({ url } = running) {
  const chain = defineChain({
    id: 4242,
    name: 'test',
    nativeCurrency: { name: 'coin', symbol: 'COIN', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
  const transport = http(url, { retryCount: 0 });
  return {
    reader: createPublicClient({ chain, transport, pollingInterval: 20 }),
    wallet: createWalletClient({ chain, transport, account }),
  };
}

async function deployWrapped(
  wallet: ReturnType<typeof clients>['wallet'],
  reader: PublicClient<Transport>,
) {
  const before = await reader.getBlockNumber({ cacheTime: 0 });
  // Subscriptions are made by now: requests of one socket are answered in order.
  expect(before).toBeGreaterThan(0n);
  const hash = await wallet.deployContract({ abi: wrapped, bytecode: creationCode });
  return { receipts: await reader.getTransactionReceipt({ hash }) };
}

async function rpc(method: string, ...params: unknown[]) {
  const response = await fetch(running.url, {
    method: 'POST',
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
  return (await response.json()) as { result?: any; error?: { code: number; message: string } };
}

describe('the embedded chain with viem', () => {
  it('sends, deploys, calls, reads logs and is executed again with equal hashes', async () => {
    const { reader, wallet } = clients();
    expect(await reader.getChainId()).toBe(4242);
    const hash = await wallet.sendTransaction({ to: other, value: 7n });
    const receipt = await reader.waitForTransactionReceipt({ hash });
    expect(receipt).toMatchObject({ status: 'success', gasUsed: 21_000n });
    expect(await reader.getBalance({ address: other })).toBe(10n ** 24n + 7n);
    expect(await reader.getBalance({ address: other, blockNumber: 0n })).toBe(10n ** 24n);

    const deployed = await wallet.deployContract({ abi: wrapped, bytecode: creationCode });
    const { contractAddress } = await reader.waitForTransactionReceipt({ hash: deployed });
    expect(contractAddress).toBeTruthy();
    const token = { address: contractAddress!, abi: wrapped } as const;
    const deposit = await wallet.writeContract({
      ...token,
      functionName: 'deposit',
      value: 5n,
    });
    await reader.waitForTransactionReceipt({ hash: deposit });
    expect(
      await reader.readContract({ ...token, functionName: 'balanceOf', args: [account.address] }),
    ).toBe(5n);
    const logs = await reader.getLogs({ address: contractAddress!, fromBlock: 0n });
    expect(logs.map((log) => log.transactionHash)).toContain(deposit);
    expect(await reader.getLogs({ address: other, fromBlock: 0n })).toEqual([]);

    const head = await reader.getBlock();
    expect(head.number).toBe(3n);
    const genesis = parseGenesis(testGenesis(), { network: 'local' });
    let block = genesisBlock(genesis, pureCrypto);
    const engine = createEngine({ genesis, state: block.state });
    for (let number = 1; number <= 3; number += 1) {
      const { result } = await rpc('debug_getRawBlock', toHex(number));
      block = await processBlock(engine, block, result as Hex);
    }
    expect(block.hash).toBe(head.hash);
    expect(running.chain.overridden).toBe(false);
  });

  it('proves what it says of accounts', async () => {
    const { reader } = clients();
    const proof = await reader.getProof({ address: other, storageKeys: [toHex(0, { size: 32 })] });
    const { stateRoot } = await reader.getBlock();
    expect(keccak256(proof.accountProof[0]!)).toBe(stateRoot);
    const leaf = RLP.decode(hexToBytes(proof.accountProof.at(-1)!)) as Uint8Array[];
    const [, balance] = RLP.decode(leaf[1]!) as Uint8Array[];
    expect(BigInt(toHex(balance!))).toBe(proof.balance);
  });

  it('refuses as nodes do', async () => {
    const { reader, wallet } = clients();
    await expect(
      wallet.sendTransaction({ to: other, value: 10n ** 30n, gas: 21_000n }),
    ).rejects.toThrow(/insufficient funds/);
    await expect(wallet.sendTransaction({ to: other, nonce: 0, gas: 21_000n })).rejects.toThrow(
      /nonce too low/i,
    );
    await expect(
      wallet.sendTransaction({
        to: other,
        gas: 21_000n,
        maxFeePerGas: 1n,
        maxPriorityFeePerGas: 1n,
      }),
    ).rejects.toThrow(/max fee per gas less than block base fee/);
    await expect(wallet.sendTransaction({ to: other, gas: 20_000n })).rejects.toThrow(
      /intrinsic gas/,
    );
    await expect(wallet.deployContract({ abi: wrapped, bytecode: '0x60006000fd' })).rejects.toThrow(
      /revert/,
    );
    await expect(wallet.sendTransaction({ to: other, gas: 99_000_000n })).rejects.toThrow(
      /gas limit/,
    );
    expect((await rpc('eth_sendRawTransaction', '0x02')).error).toMatchObject({ code: -32000 });
    expect((await rpc('eth_getBlockByNumber', '0x01', false)).error).toMatchObject({
      code: -32602,
    });
    expect((await rpc('eth_getBalance', account.address, '0xffff')).error).toMatchObject({
      code: -32000,
    });
    expect((await rpc('eth_getBlockByNumber', '0xffff', false)).result).toBeNull();
    // Nothing of it stayed: the next nonce is as before.
    const nonce = await reader.getTransactionCount({
      address: account.address,
      blockTag: 'pending',
    });
    expect(nonce).toBe(3);
  });

  it('holds back transactions behind a gap and mines them together', async () => {
    const { reader, wallet } = clients();
    const nonce = await reader.getTransactionCount({ address: account.address });
    const later = await wallet.sendTransaction({ to: other, nonce: nonce + 1, gas: 21_000n });
    expect((await rpc('eth_getTransactionReceipt', later)).result).toBeNull();
    expect((await rpc('eth_getTransactionByHash', later)).result).toMatchObject({
      blockHash: null,
    });
    const first = await wallet.sendTransaction({ to: other, nonce, gas: 21_000n });
    const [a, b] = await Promise.all(
      [first, later].map((hash) => reader.waitForTransactionReceipt({ hash })),
    );
    expect([a!.transactionIndex, b!.transactionIndex]).toEqual([0, 1]);
    expect(a!.blockHash).toBe(b!.blockHash);
    expect(b!.cumulativeGasUsed).toBe(42_000n);
  });

  it('estimates gas that suffices, also for calls that pass most of it on', async () => {
    const { reader, wallet } = clients();
    const gas = await reader.estimateGas({
      account: account.address,
      data: encodeDeployData({ abi: wrapped, bytecode: creationCode }),
    });
    const hash = await wallet.deployContract({ abi: wrapped, bytecode: creationCode, gas });
    expect(await reader.waitForTransactionReceipt({ hash })).toMatchObject({ status: 'success' });
    await expect(
      reader.estimateContractGas({
        address: (await reader.getTransactionReceipt({ hash })).contractAddress!,
        abi: wrapped,
        functionName: 'withdraw',
        args: [1n],
        account: account.address,
      }),
    ).rejects.toThrow();
  });

  it('says the price of gas and the rules', async () => {
    const { reader } = clients();
    const history = await reader.getFeeHistory({ blockCount: 3, rewardPercentiles: [50] });
    expect(history.baseFeePerGas).toHaveLength(4);
    expect(history.reward).toHaveLength(3);
    expect(await reader.getGasPrice()).toBe(1_000_000_001n);
    expect((await rpc('eth_feeConfig', 'latest')).result.feeConfig.gasLimit).toBe(15_000_000);
    expect((await rpc('eth_getActiveRulesAt', null)).result.avalancheRules).toMatchObject({
      IsEtna: true,
      IsGranite: false,
    });
    expect((await rpc('eth_getChainConfig')).result).toMatchObject({
      chainId: 4242,
      feeConfig: { targetGas: 15_000_000 },
    });
  });

  it('overrides state in a call without keeping it', async () => {
    const { reader } = clients();
    const abi = parseAbi(['function get() view returns (uint256)']);
    const address = '0x00000000000000000000000000000000000000aa';
    // Returns slot 0.
    const code = '0x60005460005260206000f3';
    const value = await reader.readContract({
      address,
      abi,
      functionName: 'get',
      stateOverride: [
        {
          address,
          code,
          stateDiff: [{ slot: toHex(0, { size: 32 }), value: toHex(9, { size: 32 }) }],
        },
      ],
    });
    expect(value).toBe(9n);
    expect(await reader.getCode({ address })).toBeUndefined();
  });
});

describe('startEmbedded', () => {
  it('names the next free port when one is in use', async () => {
    await expect(
      startEmbedded({ genesis: testGenesis(), port: running.port }),
    ).rejects.toMatchObject({ code: 'EMBEDDED_PORT_IN_USE', exitCode: 2 });
  });

  it('refuses a bad genesis', async () => {
    await expect(startEmbedded({ genesis: '{}', port: 0 })).rejects.toMatchObject({ exitCode: 2 });
  });

  it('tells WebSocket clients of new blocks and logs', async () => {
    const { wallet } = clients();
    const sockets = createPublicClient({ transport: webSocket(running.wsUrl) });
    const heads: bigint[] = [];
    const hashes: (string | null)[] = [];
    const stops = [
      sockets.watchBlocks({ onBlock: ({ number }) => heads.push(number) }),
      sockets.watchEvent({
        onLogs: (logs) => hashes.push(...logs.map(({ transactionHash }) => transactionHash)),
      }),
    ];
    try {
      const { receipts } = await deployWrapped(wallet, sockets);
      const deposit = await wallet.writeContract({
        address: receipts.contractAddress!,
        abi: wrapped,
        functionName: 'deposit',
        value: 1n,
      });
      await expect.poll(() => hashes).toEqual([deposit]);
      await expect.poll(() => heads.length).toBeGreaterThanOrEqual(2);
    } finally {
      for (const stop of stops) stop();
      await (await sockets.transport.getRpcClient()).close();
    }
  });

  it('mines every so often when asked', async () => {
    const slow = await startEmbedded({
      genesis: testGenesis(),
      port: 0,
      mining: { intervalMs: 50 },
    });
    try {
      const { reader, wallet } = clients(slow);
      const hash = await wallet.sendTransaction({ to: other, value: 1n });
      const receipt = await reader.waitForTransactionReceipt({ hash });
      expect(receipt.status).toBe('success');
      expect(receipt.blockNumber).toBeGreaterThan(0n);
    } finally {
      await slow.stop();
    }
  });
});
