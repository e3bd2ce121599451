import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creationCode } from '../../../contracts/generated/WMASA.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { type RunningEmbedded, startEmbedded } from '../start-embedded.js';
import { testGenesis, testKeys } from '../test-genesis.js';

const [first, second] = testKeys.map((key) => privateKeyToAccount(key).address.toLowerCase()) as [
  Hex,
  Hex,
];
const word = (value: number | bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`;
// Reads slot 1, sets slot 2 to 5 and slot 3 to 0, asks for the balance of the second account.
const worker: Hex = `0x${['60015450', '6005600255', '6000600355', `73${second.slice(2)}3150`, '00'].join('')}`;
const workerAt = '0x00000000000000000000000000000000000000b1';
// Makes an empty contract and pays its caller.
const maker = '0x6000600060006000600133610000f1506000600060 00f000'.replace(' ', '');
const makerAt = '0x00000000000000000000000000000000000000b2';
const destroyer = '0x33ff';
const destroyerAt = '0x00000000000000000000000000000000000000b3';

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Ask = (method: string, ...params: unknown[]) => Promise<any>;
let running: RunningEmbedded;
let anvil: ChildProcess;
let own: Ask;
let theirs: Ask;

const client =
  (url: string): Ask =>
  async (method, ...params) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', body, headers });
    const { result, error } = (await answer.json()) as { result: unknown; error?: object };
    if (error !== undefined) throw Object.assign(new Error(JSON.stringify(error)), error);
    return result;
  };

beforeAll(async () => {
  running = await startEmbedded({ genesis: testGenesis(), port: 0, accounts: testKeys });
  own = client(running.url);
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const program = createRequire(import.meta.url).resolve(
    `@foundry-rs/anvil-${process.platform}-${architecture}/bin/anvil`,
  );
  // The same rules as before Prague, and the same first state of the accounts that are looked at.
  anvil = spawn(program, ['--port', '0', '--chain-id', '4242', '--hardfork', 'shanghai']);
  const port = await new Promise<string>((resolve) => {
    let text = '';
    anvil.stdout!.on('data', (more) => {
      text += more;
      const found = /Listening on 127\.0\.0\.1:(\d+)/.exec(text);
      if (found) resolve(found[1]!);
    });
  });
  theirs = client(`http://127.0.0.1:${port}`);
  for (const ask of [own, theirs]) {
    for (const address of [first, second])
      await ask('anvil_setBalance', address, '0xd3c21bcecceda1000000');
    for (const [address, code] of [
      [workerAt, worker],
      [makerAt, maker],
      [destroyerAt, destroyer],
    ] as const) {
      await ask('anvil_setCode', address, code);
      await ask('anvil_setBalance', address, '0x64');
    }
    for (const slot of [1, 2, 3])
      await ask('anvil_setStorageAt', workerAt, word(slot), word(slot === 2 ? 0 : slot + 8));
  }
}, 30_000);
afterAll(async () => {
  anvil.kill('SIGTERM');
  await running.stop();
});

const skipped = [first, '0x0100000000000000000000000000000000000000', `0x${'0'.repeat(40)}`];

/** Accounts as both write them: without who pays and earns fees, whose sums differ by the price of gas. */
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
function comparable(accounts: Record<string, any>) {
  return Object.fromEntries(
    Object.entries(accounts)
      .filter(([address]) => !skipped.includes(address))
      .map(([address, { balance, nonce, code, storage }]) => [
        address,
        {
          ...(balance !== undefined && { balance: BigInt(balance) }),
          ...(nonce ? { nonce } : {}),
          ...(code !== undefined && code !== '0x' && { code }),
          ...(storage !== undefined && Object.keys(storage).length > 0 && { storage }),
        },
      ]),
  );
}

async function traceBoth(transaction: object, tracerConfig: object) {
  const found: unknown[] = [];
  for (const ask of [own, theirs]) {
    // The maker names its contracts by its nonce, which must be the same on both chains.
    const id = await ask('evm_snapshot');
    const hash = await ask('eth_sendTransaction', { from: first, gas: '0x7a120', ...transaction });
    // Anvil answers before it mines.
    while ((await ask('eth_getTransactionReceipt', hash)) === null)
      await new Promise((resolve) => setTimeout(resolve, 5));
    found.push(
      await ask('debug_traceTransaction', hash, { tracer: 'prestateTracer', tracerConfig }),
    );
    await ask('evm_revert', id);
  }
  return found as [Record<string, never>, Record<string, never>];
}

/** The first contract of the first account. */
const deployed = '0x5fbdb2315678afecb367f032d93f642f64180aa3';
const cases: readonly (readonly [string, object])[] = [
  ['a transfer', { to: second, value: '0x5' }],
  [
    'a transfer to nobody before',
    { to: '0x00000000000000000000000000000000000000bb', value: '0x5' },
  ],
  ['reads and writes of slots', { to: workerAt }],
  ['a contract that makes another and pays', { to: makerAt }],
  ['a deployment', { data: creationCode, gas: '0x4c4b40' }],
];

describe('prestateTracer', () => {
  it.each(cases)('says of %s what anvil says', async (_, transaction) => {
    const [a, b] = await traceBoth(transaction, {});
    const expected = comparable(b);
    // Anvil lists what a deployment makes as empty before; geth does not.
    if (!('to' in transaction)) delete expected[deployed];
    expect(comparable(a)).toEqual(expected);
    expect(Object.keys(a)).toContain(first);
  });

  it.each(cases)('says what %s changed as anvil says', async (_, transaction) => {
    const [a, b] = await traceBoth(transaction, { diffMode: true });
    expect(comparable(a.pre!)).toEqual(comparable(b.pre!));
    expect(comparable(a.post!)).toEqual(comparable(b.post!));
  });

  it('balances what was paid', async () => {
    const hash = await own('eth_sendTransaction', { from: first, to: second, value: '0x5' });
    const { gasUsed, effectiveGasPrice } = await own('eth_getTransactionReceipt', hash);
    const options = { tracer: 'prestateTracer', tracerConfig: { diffMode: true } };
    const { pre, post } = await own('debug_traceTransaction', hash, options);
    const change = (address: Hex) =>
      BigInt(post[address].balance) - BigInt(pre[address]?.balance ?? 0);
    const fee = BigInt(gasUsed) * BigInt(effectiveGasPrice);
    expect(change(first)).toBe(-fee - 5n);
    expect(change(second)).toBe(5n);
    expect(change('0x0100000000000000000000000000000000000000')).toBe(fee);
    expect(post[first].nonce).toBe((pre[first].nonce ?? 0) + 1);
  });

  it('leaves out code and storage when asked, and sees a call’s changes', async () => {
    const call = (tracerConfig: object) =>
      own('debug_traceCall', { from: first, to: workerAt }, 'latest', {
        tracer: 'prestateTracer',
        tracerConfig,
      });
    const bare = await call({ disableCode: true, disableStorage: true });
    expect(bare[workerAt]).toEqual({ balance: '0x64' });
    const { pre, post } = await call({ diffMode: true });
    expect(pre[workerAt].storage).toEqual({ [word(3)]: word(11) });
    expect(post[workerAt]).toEqual({ storage: { [word(2)]: word(5) } });
    const gone = await own('debug_traceCall', { from: second, to: destroyerAt }, 'latest', {
      tracer: 'prestateTracer',
    });
    expect(gone[destroyerAt].code).toBe(destroyer);
  });

  it('refuses options of the wrong kind', async () => {
    const call = (options: object) =>
      own('debug_traceCall', { to: workerAt }, 'latest', { tracer: 'prestateTracer', ...options });
    await expect(call({ tracerConfig: { diffMode: 1 } })).rejects.toMatchObject({ code: -32602 });
    await expect(call({ tracerConfig: 'yes' })).rejects.toMatchObject({ code: -32602 });
  });
});
