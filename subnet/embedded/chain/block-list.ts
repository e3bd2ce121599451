import type { Hex } from '../../../genesis/base/hash.js';
import type { ChainBlock } from '../../../genesis/evm/chain-block.js';

/** A block of the chain. */
export interface StoredBlock {
  readonly block: ChainBlock;
  /** Logs of the block before each of its transactions. */
  readonly firstLogs: readonly number[];
}

/** Where a transaction stands. */
export interface TransactionPlace {
  readonly stored: StoredBlock;
  readonly index: number;
}

/**
 * The blocks of a chain from 0 on, with their indexes by hash.
 *
 * The newest one may be deferred: it was executed, but its roots and hash are computed when somebody looks at the chain,
 * at the latest when `settle` is called. So a sender hears of his transaction before the hashing, and nobody ever sees a
 * chain without the block.
 */
export class BlockList {
  /** Called with each new block. */
  readonly onAdd = new Set<(stored: StoredBlock) => void>();
  readonly #blocks: StoredBlock[] = [];
  readonly #byHash = new Map<Hex, StoredBlock>();
  readonly #places = new Map<Hex, TransactionPlace>();
  #deferred: (() => ChainBlock) | undefined;

  constructor(genesis: ChainBlock) {
    this.add(genesis);
  }

  get head(): StoredBlock {
    this.settle();
    return this.#blocks.at(-1)!;
  }

  get length(): number {
    this.settle();
    return this.#blocks.length;
  }

  add(block: ChainBlock): StoredBlock {
    this.settle();
    const stored = storedBlock(block);
    this.#blocks.push(stored);
    this.#index(stored);
    for (const listener of this.onAdd) listener(stored);
    return stored;
  }

  /** Adds a block that `seal` finishes, later. */
  defer(seal: () => ChainBlock): void {
    this.settle();
    this.#deferred = seal;
  }

  /** Finishes the block that was deferred, if there is one. */
  settle(): void {
    const seal = this.#deferred;
    if (seal === undefined) return;
    this.#deferred = undefined;
    this.add(seal());
  }

  /** Exchanges the head, for example for the same block with another state. */
  replaceHead(stored: StoredBlock): void {
    this.settle();
    this.#blocks[this.#blocks.length - 1] = stored;
    this.#index(stored);
  }

  /** Drops the blocks from a length on. */
  cut(length: number): void {
    this.settle();
    for (const { block } of this.#blocks.splice(length)) {
      this.#byHash.delete(block.hash);
      for (const { hash } of block.transactions) this.#places.delete(hash);
    }
  }

  at(number: bigint | number): StoredBlock | undefined {
    this.settle();
    return this.#blocks[Number(number)];
  }

  byHash(hash: Hex): StoredBlock | undefined {
    this.settle();
    return this.#byHash.get(hash);
  }

  transaction(hash: Hex): TransactionPlace | undefined {
    this.settle();
    return this.#places.get(hash);
  }

  #index(stored: StoredBlock): void {
    this.#byHash.set(stored.block.hash, stored);
    for (const [index, { hash }] of stored.block.transactions.entries())
      this.#places.set(hash, { stored, index });
  }
}

/** A block with what the list knows of it. */
export function storedBlock(block: ChainBlock): StoredBlock {
  let logs = 0;
  const firstLogs = block.receipts.map((receipt) => {
    const first = logs;
    logs += receipt.logs.length;
    return first;
  });
  return { block, firstLogs };
}
