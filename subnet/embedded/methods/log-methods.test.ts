import fc from 'fast-check';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Hex } from '../../../genesis/base/hash.js';
import * as receipts from '../rpc/format-receipt.js';
import { type RunningEmbedded, startEmbedded } from '../start-embedded.js';
import { testGenesis, testKeys } from '../test-genesis.js';

// Logs nothing under two topics: the first two words of its call data.
const logger = '0x60203560003560006000a200';
const loggers = [
  '0x00000000000000000000000000000000000000d1',
  '0x00000000000000000000000000000000000000d2',
] as const;
const word = (value: number): Hex => `0x${value.toString(16).padStart(64, '0')}`;
const sender = privateKeyToAccount(testKeys[0]);

let running: RunningEmbedded;
let id = 0;
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
async function ask(method: string, ...params: unknown[]): Promise<any> {
  id += 1;
  const body = JSON.stringify({ jsonrpc: '2.0', id, method, params });
  const { result, error } = (await (await fetch(running.url, { method: 'POST', body })).json()) as {
    result: unknown;
    error?: { code: number };
  };
  if (error !== undefined) throw Object.assign(new Error(), error);
  return result;
}

beforeAll(async () => {
  running = await startEmbedded({ genesis: testGenesis(), port: 0, accounts: testKeys });
  for (const address of loggers) await ask('anvil_setCode', address, logger);
  // Blocks 1 to 60: some logs, most blocks without any.
  for (let block = 1; block <= 60; block += 1) {
    const data = `0x${word(block % 7).slice(2)}${word(block % 3).slice(2)}`;
    const to = block % 4 === 0 ? loggers[block % 8 === 0 ? 0 : 1] : sender.address;
    await ask('eth_sendTransaction', {
      from: sender.address,
      to,
      ...(block % 4 === 0 && { data }),
      gas: '0x186a0',
    });
  }
});
afterAll(() => running.stop());

describe('eth_getLogs', () => {
  it('finds what a look at every receipt finds', async () => {
    const all = await ask('eth_getLogs', { fromBlock: 'earliest' });
    expect(all).toHaveLength(15);
    const topic = fc.oneof(
      fc.constant(null),
      fc.nat(8).map(word),
      fc.array(fc.nat(8).map(word), { maxLength: 3 }),
    );
    const address = fc.constantFrom(undefined, null, ...loggers, [...loggers], sender.address);
    await fc.assert(
      fc.asyncProperty(
        fc.array(topic, { maxLength: 3 }),
        address,
        fc.nat(60),
        fc.nat(60),
        async (topics, wanted, a, b) => {
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const found = await ask('eth_getLogs', {
            fromBlock: `0x${from.toString(16)}`,
            toBlock: `0x${to.toString(16)}`,
            topics,
            ...(wanted !== undefined && { address: wanted }),
          });
          const listed = wanted === undefined || wanted === null ? [] : [wanted].flat();
          const expected = all.filter(
            (log: { address: string; topics: string[]; blockNumber: string }) => {
              if (Number(log.blockNumber) < from || Number(log.blockNumber) > to) return false;
              if (listed.length > 0 && !(listed as string[]).includes(log.address)) return false;
              return topics.every((position, index) => {
                const choices = position === null ? [] : [position].flat();
                const own = log.topics[index];
                return own !== undefined && (choices.length === 0 || choices.includes(own as Hex));
              });
            },
          );
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 60) },
    );
  });

  it('opens only the blocks whose bloom may have it', async () => {
    const spy = vi.spyOn(receipts, 'formatLogs');
    const found = await ask('eth_getLogs', { fromBlock: '0x0', topics: [word(5)] });
    expect(found.length).toBeGreaterThan(0);
    // Fifteen of sixty blocks have logs at all; a bloom of so few values hardly ever errs.
    expect(spy.mock.calls.length).toBeLessThan(found.length + 3);
    spy.mockRestore();
  });

  it.each([
    ['a range backwards', { fromBlock: '0x5', toBlock: '0x2' }],
    ['a hash with a range', { blockHash: word(1), fromBlock: '0x1' }],
    ['five topics', { topics: [null, null, null, null, null] }],
    ['a short topic', { topics: ['0x01'] }],
    ['a short address', { address: '0x01' }],
    ['a tag that does not exist', { fromBlock: 'first' }],
  ])('refuses %s', async (_, filter) => {
    await expect(ask('eth_getLogs', filter)).rejects.toMatchObject({ code: -32602 });
  });
});
