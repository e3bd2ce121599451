import { describe, expect, it } from 'vitest';
import { NonceQueue, type QueuedTransaction } from './nonce-queue.js';

const transaction = (nonce: bigint, id: string, price = 100n): QueuedTransaction => ({
  hash: `0x${id}`,
  from: '0xaa',
  nonce,
  maxFeePerGas: price,
  maxPriorityFeePerGas: price,
});
const nonces = (list: readonly QueuedTransaction[]) => list.map((item) => item.nonce);

describe('NonceQueue', () => {
  it('holds transactions back until the gap is filled', () => {
    const queue = new NonceQueue();
    queue.add(transaction(5n, '5'), 3n);
    queue.add(transaction(4n, '4'), 3n);
    expect(queue.ready('0xaa', 3n)).toEqual([]);
    expect(queue.nextNonce('0xaa', 3n)).toBe(3n);
    queue.add(transaction(3n, '3'), 3n);
    expect(nonces(queue.ready('0xaa', 3n))).toEqual([3n, 4n, 5n]);
    expect(queue.nextNonce('0xaa', 3n)).toBe(6n);
  });

  it('replaces only for 10 % more, and refuses used nonces and known transactions', () => {
    const queue = new NonceQueue();
    queue.add(transaction(0n, 'a'), 0n);
    const rejected = (text: string) =>
      expect.objectContaining({ rpcCode: -32000, message: expect.stringContaining(text) });
    expect(() => queue.add(transaction(0n, 'a'), 0n)).toThrow(rejected('already known'));
    expect(() => queue.add(transaction(0n, 'b', 109n), 0n)).toThrow(rejected('underpriced'));
    expect(() => queue.add(transaction(0n, 'c'), 1n)).toThrow(rejected('nonce too low'));
    queue.add(transaction(0n, 'd', 110n), 0n);
    expect(queue.ready('0xaa', 0n)[0]?.hash).toBe('0xd');
  });

  it('removes what was mined, not what replaced it', () => {
    const queue = new NonceQueue();
    queue.add(transaction(0n, 'a'), 0n);
    queue.add(transaction(0n, 'b', 200n), 0n);
    expect(queue.remove(transaction(0n, 'a'))).toBe(false);
    expect(queue.remove(transaction(0n, 'b'))).toBe(true);
    expect(queue.senders()).toEqual([]);
  });
});
