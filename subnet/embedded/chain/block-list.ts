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

/** The blocks of a chain from 0 on, with their indexes by hash. */
export class BlockList {
  readonly #blocks: StoredBlock[] = [];
  readonly #byHash = new Map<Hex, StoredBlock>();
  readonly #places = new Map<Hex, TransactionPlace>();

  constructor(genesis: ChainBlock) {
    this.add(genesis);
  }

  get head(): StoredBlock {
    return this.#blocks.at(-1)!;
  }

  get length(): number {
    return this.#blocks.length;
  }

  add(block: ChainBlock): StoredBlock {
    let logs = 0;
    const firstLogs = block.receipts.map((receipt) => {
      const first = logs;
      logs += receipt.logs.length;
      return first;
    });
    const stored = { block, firstLogs };
    this.#blocks.push(stored);
    this.#index(stored);
    return stored;
  }

  /** Exchanges the head, for example for the same block with another state. */
  replaceHead(stored: StoredBlock): void {
    this.#blocks[this.#blocks.length - 1] = stored;
    this.#index(stored);
  }

  /** Drops the blocks from a length on. */
  cut(length: number): void {
    for (const { block } of this.#blocks.splice(length)) {
      this.#byHash.delete(block.hash);
      for (const { hash } of block.transactions) this.#places.delete(hash);
    }
  }

  at(number: bigint | number): StoredBlock | undefined {
    return this.#blocks[Number(number)];
  }

  byHash(hash: Hex): StoredBlock | undefined {
    return this.#byHash.get(hash);
  }

  transaction(hash: Hex): TransactionPlace | undefined {
    return this.#places.get(hash);
  }

  #index(stored: StoredBlock): void {
    this.#byHash.set(stored.block.hash, stored);
    for (const [index, { hash }] of stored.block.transactions.entries())
      this.#places.set(hash, { stored, index });
  }
}
