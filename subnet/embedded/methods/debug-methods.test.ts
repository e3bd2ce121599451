import { createTestClient, encodeFunctionData, http, publicActions, walletActions } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creationCode, abi as wrapped } from '../../../contracts/generated/WMASA.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { type RunningEmbedded, startEmbedded } from '../start-embedded.js';
import { testGenesis, testKeys } from '../test-genesis.js';

const first = privateKeyToAccount(testKeys[0]).address;
// Stores 7 in slot 1, reads it, and reverts with Error("no").
const reverting: Hex = `0x${[
  '60076001556001545',
  '07f08c379a000000000000000000000000000000000000000000000000000000000',
  '60005260206004526002602452',
  '7f6e6f000000000000000000000000000000000000000000000000000000000000',
  '60445260646000fd',
].join('')}`;
// Calls the address in its call data with 50,000 gas and static-calls it too.
const caller = '0x600060006000600060006000355af1506000600060006000600035614e20fa00';
const revertingAt = '0x00000000000000000000000000000000000000e1';
const callerAt = '0x00000000000000000000000000000000000000e2';

let running: RunningEmbedded;
let dev: ReturnType<typeof client>;
beforeAll(async () => {
  running = await startEmbedded({ genesis: testGenesis(), port: 0, accounts: testKeys });
  dev = client();
  await dev.setCode({ address: revertingAt, bytecode: reverting });
  await dev.setCode({ address: callerAt, bytecode: caller });
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

describe('debug_traceTransaction', () => {
  it('lists the instructions with gas that adds up to the receipt', async () => {
    const hash = await dev.deployContract({
      account: first,
      chain: null,
      abi: wrapped,
      bytecode: creationCode,
    });
    const receipt = await dev.getTransactionReceipt({ hash });
    const deposit = await dev.sendTransaction({
      account: first,
      chain: null,
      to: receipt.contractAddress!,
      data: encodeFunctionData({ abi: wrapped, functionName: 'deposit' }),
      value: 3n,
    });
    const { gasUsed } = await dev.getTransactionReceipt({ hash: deposit });
    const trace = await ask('debug_traceTransaction', deposit, {});
    expect(trace).toMatchObject({ failed: false, gas: Number(gasUsed) });
    // Without inner calls the costs of all steps are the gas beyond the intrinsic.
    const total = trace.structLogs.reduce(
      (sum: number, log: { gasCost: number }) => sum + log.gasCost,
      0,
    );
    expect(total).toBe(Number(gasUsed) - 21_000 - 4 * 16);
    const store = trace.structLogs.find((log: { op: string }) => log.op === 'SSTORE');
    expect(Object.keys(store.storage)).toHaveLength(1);
    const calls = await ask('debug_traceTransaction', deposit, {
      tracer: 'callTracer',
      tracerConfig: { withLog: true },
    });
    expect(calls).toMatchObject({
      type: 'CALL',
      from: first.toLowerCase(),
      value: '0x3',
      gasUsed: `0x${gasUsed.toString(16)}`,
    });
    expect(calls.logs).toHaveLength(1);
  });

  it('shows inner calls with their errors', async () => {
    const data = `0x${'0'.repeat(24)}${revertingAt.slice(2)}` as Hex;
    const trace = await ask('debug_traceCall', { from: first, to: callerAt, data }, 'latest', {
      tracer: 'callTracer',
    });
    expect(trace.error).toBeUndefined();
    expect(trace.calls.map((call: { type: string; to: string }) => [call.type, call.to])).toEqual([
      ['CALL', revertingAt],
      ['STATICCALL', revertingAt],
    ]);
    const direct = await ask('debug_traceCall', { from: first, to: revertingAt }, 'latest', {
      tracer: 'callTracer',
    });
    expect(direct).toMatchObject({ error: 'execution reverted', revertReason: 'no' });
    const [block] = await ask('debug_traceBlockByNumber', '0x1', { tracer: 'callTracer' });
    expect(block.result.type).toBe('CREATE');
  });

  it('refuses tracers and transactions that it does not have', async () => {
    await expect(ask('debug_traceCall', {}, 'latest', { tracer: '4byteTracer' })).rejects.toThrow(
      /callTracer/,
    );
    await expect(ask('debug_traceTransaction', `0x${'1'.repeat(64)}`)).rejects.toThrow(/not found/);
  });
});

it('makes access lists, which a transaction then pays exactly for', async () => {
  const data = `0x${'0'.repeat(24)}${revertingAt.slice(2)}` as Hex;
  const { accessList, gasUsed } = await ask(
    'eth_createAccessList',
    { from: first, to: callerAt, data },
    'latest',
  );
  expect(accessList).toEqual([{ address: revertingAt, storageKeys: [`0x${'0'.repeat(63)}1`] }]);
  const hash = await dev.sendTransaction({
    account: first,
    chain: null,
    to: callerAt,
    data,
    accessList,
    gas: 15_000_000n,
  });
  const receipt = await dev.getTransactionReceipt({ hash });
  expect(`0x${receipt.gasUsed.toString(16)}`).toBe(gasUsed);
});
