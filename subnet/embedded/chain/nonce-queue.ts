import type { Hex } from '../../../genesis/base/hash.js';
import { RpcError } from '../rpc/rpc-error.js';

/** A transaction that waits: who sent it, its place in the sender's order, and its price in wei per gas. */
export interface QueuedTransaction {
  readonly hash: Hex;
  /** Lower-case address. */
  readonly from: Hex;
  readonly nonce: bigint;
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/** Percent by which both prices of a replacement must exceed those of the transaction that it replaces. */
const REPLACEMENT_PERCENT = 10n;

/** Transactions that wait to be mined, per sender in nonce order; it owns them until they are taken or dropped. */
export class NonceQueue<T extends QueuedTransaction> {
  readonly #bySender = new Map<Hex, Map<bigint, T>>();

  /**
   * Adds a transaction, in place of one with the same nonce when it pays at least 10 % more.
   *
   * @param accountNonce The sender's nonce in the latest state.
   * @throws RpcError -32000 when the nonce is used, the transaction is known, or a replacement pays too little.
   */
  add(transaction: T, accountNonce: bigint): void {
    const { from, nonce, hash } = transaction;
    if (nonce < accountNonce) {
      const detail = `address ${from}, tx: ${nonce} state: ${accountNonce}`;
      throw new RpcError('rejected', `nonce too low: ${detail}`);
    }
    const queue = this.#bySender.get(from) ?? new Map<bigint, T>();
    const previous = queue.get(nonce);
    if (previous?.hash === hash) throw new RpcError('rejected', 'already known');
    if (previous !== undefined && !pays(transaction, previous)) {
      throw new RpcError('rejected', 'replacement transaction underpriced');
    }
    queue.set(nonce, transaction);
    this.#bySender.set(from, queue);
  }

  /** Removes a transaction, for example when it was mined. @returns Whether it was there. */
  remove(transaction: QueuedTransaction): boolean {
    const queue = this.#bySender.get(transaction.from);
    if (queue?.get(transaction.nonce)?.hash !== transaction.hash) return false;
    queue.delete(transaction.nonce);
    if (queue.size === 0) this.#bySender.delete(transaction.from);
    return true;
  }

  /** Whether anything of a sender waits. */
  has(from: Hex): boolean {
    return this.#bySender.has(from);
  }

  /** The transactions that can follow each other from the account's nonce without a gap. */
  ready(from: Hex, accountNonce: bigint): readonly T[] {
    const found: T[] = [];
    const queue = this.#bySender.get(from);
    for (let nonce = accountNonce; ; nonce += 1n) {
      const next = queue?.get(nonce);
      if (next === undefined) return found;
      found.push(next);
    }
  }

  /** The nonce that follows the ready ones: what `eth_getTransactionCount` says for `pending`. */
  nextNonce(from: Hex, accountNonce: bigint): bigint {
    return accountNonce + BigInt(this.ready(from, accountNonce).length);
  }

  /** Everything that waits, by sender and nonce, with those behind a gap. */
  all(): readonly T[] {
    return [...this.#bySender.values()].flatMap((queue) =>
      [...queue.values()].sort((a, b) => (a.nonce < b.nonce ? -1 : 1)),
    );
  }

  /** Senders with a waiting transaction, in order of their first one. */
  senders(): readonly Hex[] {
    return [...this.#bySender.keys()];
  }
}

function pays(next: QueuedTransaction, previous: QueuedTransaction): boolean {
  const enough = (a: bigint, b: bigint) => a * 100n >= b * (100n + REPLACEMENT_PERCENT);
  return (
    enough(next.maxFeePerGas, previous.maxFeePerGas) &&
    enough(next.maxPriorityFeePerGas, previous.maxPriorityFeePerGas)
  );
}
