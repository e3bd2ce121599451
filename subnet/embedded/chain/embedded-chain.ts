import { hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../../../genesis/base/hash.js';
import type { ParsedGenesis } from '../../../genesis/compile/parsed-genesis.js';
import { type BlockBuilder, createBlockBuilder } from '../../../genesis/evm/block-builder.js';
import { genesisBlock } from '../../../genesis/evm/chain-block.js';
import { createEngine, type Engine } from '../../../genesis/evm/engine.js';
import type { CallResult } from '../../../genesis/evm/execute-call.js';
import { expectedHeader, processBlock } from '../../../genesis/evm/process-block.js';
import { parseTransaction, type SignedTransaction } from '../../../genesis/evm/transaction.js';
import type { EvmCrypto } from '../../../genesis/evm/types.js';
import { RpcError } from '../rpc/rpc-error.js';
import { BlockList, type StoredBlock, storedBlock, type TransactionPlace } from './block-list.js';
import { ChainClock, type ClockState } from './chain-clock.js';
import { earliestTime } from './earliest-time.js';
import { fillBlock } from './fill-block.js';
import { NonceQueue } from './nonce-queue.js';
import { type AccountOverride, overrideState } from './override-state.js';
import { type Replayed, replayTransaction } from './replay-transaction.js';
import { type ChainCall, runCall } from './run-call.js';
import { SnapshotList } from './snapshot-list.js';
import { verifySendable } from './verify-sendable.js';
import type { FrameWatcher } from './watch-frames.js';

/** When blocks are made: after each transaction, every so many milliseconds, or only when asked. */
export type Mining = 'instant' | 'manual' | { readonly intervalMs: number };

export interface EmbeddedChainParameters {
  readonly genesis: ParsedGenesis;
  readonly crypto: EvmCrypto;
  readonly mining?: Mining | undefined;
  /** The machine's time in milliseconds. */
  readonly now: () => number;
}

interface Snapshot {
  readonly length: number;
  readonly head: StoredBlock;
  readonly overridden: boolean;
  readonly clock: ClockState;
  readonly waiting: readonly SignedTransaction[];
}

/** Keeps blocks in order. */
export interface BlockStore {
  append(raw: Hex): void;
  /** Keeps only the first blocks after block 0. */
  cut(blocks: number): void;
}

/**
 * A chain of one block maker over the Subnet-EVM engine: takes transactions, makes blocks, answers calls. Every block
 * keeps its state, so snapshots and old states cost nothing. Work runs one after the other.
 */
export class EmbeddedChain {
  readonly engine: Engine;
  readonly genesis: ParsedGenesis;
  readonly blocks: BlockList;
  readonly clock: ChainClock;
  /** Accounts that may send without a signature. */
  readonly impersonated = new Set<Hex>();
  /** Called with each transaction that was taken into the queue. */
  readonly onTransaction = new Set<(transaction: SignedTransaction) => void>();
  /** Called with the new number of blocks when a snapshot is taken back. */
  readonly onCut = new Set<(length: number) => void>();
  /** Whether somebody changed the state or sent without a signature: such a chain cannot be executed again. */
  overridden = false;
  /** Where blocks are kept as they are made; a chain that is kept can only change by transactions. */
  store: BlockStore | undefined;
  /** Base fee that a developer set for the next block. */
  nextBaseFee: bigint | undefined;
  #queue = new NonceQueue<SignedTransaction>();
  #mining: Mining = 'manual';
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #snapshots = new SnapshotList<Snapshot>();
  /** The chain as it began. */
  readonly #first: Snapshot;

  constructor(parameters: EmbeddedChainParameters) {
    const { genesis, crypto, now } = parameters;
    const first = genesisBlock(genesis, crypto);
    this.genesis = genesis;
    this.engine = createEngine({ genesis, state: first.state, crypto });
    this.blocks = new BlockList(first);
    this.clock = new ChainClock(now);
    this.#first = this.#describe();
    this.mining = parameters.mining ?? 'instant';
  }

  get head(): StoredBlock {
    return this.blocks.head;
  }

  /** Called with each new block. */
  get onBlock(): Set<(stored: StoredBlock) => void> {
    return this.blocks.onAdd;
  }

  get mining(): Mining {
    return this.#mining;
  }

  set mining(mining: Mining) {
    clearInterval(this.#timer);
    this.#mining = mining;
    if (typeof mining === 'object') {
      this.#timer = setInterval(() => {
        this.mine().catch(() => {});
      }, mining.intervalMs);
    }
  }

  /** Stops making blocks by itself. */
  stop(): Promise<void> {
    this.mining = 'manual';
    return this.run(async () => {});
  }

  /** Runs work while nothing else runs on the chain. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(() => {
      // A block that is not finished owns the engine's state.
      this.blocks.settle();
      return work();
    });
    this.#turn = result.catch(() => {});
    return result;
  }

  /**
   * Takes a signed transaction; with instant mining it stands in a block when this returns, unless an earlier nonce is missing.
   *
   * @throws RpcError -32000 or -32602 with the node's words when no block can hold it.
   */
  async send(raw: Hex): Promise<Hex> {
    let transaction: SignedTransaction;
    try {
      const { timestamp } = this.head.block.header;
      const common = this.engine.common(this.engine.rules.at(timestamp));
      transaction = parseTransaction(hexToBytes(raw.slice(2)), common);
    } catch (error) {
      throw new RpcError('rejected', (error as Error).message);
    }
    return this.sendParsed(transaction);
  }

  /** As {@link send}, for a transaction that was read already. */
  async sendParsed(transaction: SignedTransaction): Promise<Hex> {
    if (transaction.impersonated) this.verifyChangeable();
    const { from, hash } = transaction;
    await this.run(async () => {
      if (this.blocks.transaction(hash) !== undefined)
        throw new RpcError('rejected', 'already known');
      verifySendable(this.engine, this.head.block, transaction);
      this.#queue.add(transaction, this.nonce(from));
      for (const listener of this.onTransaction) listener(transaction);
      if (this.#mining !== 'instant') return;
      while (this.#queue.has(from) && this.#queue.ready(from, this.nonce(from)).length > 0) {
        const { made, refused } = await this.#mineOne([from], { empty: false, defer: true });
        const own = refused.get(hash);
        if (own !== undefined) throw new RpcError('rejected', own.error.message);
        if (refused.size > 0 || !made) break;
      }
    });
    return hash;
  }

  /** Makes blocks of what waits, also empty ones. `interval`: milliseconds between them; 0 leaves it to the clock. */
  mine(count = 1, interval = 0n): Promise<void> {
    return this.run(async () => {
      for (let made = 0; made < count; made += 1) {
        if (made > 0 && interval > 0n) {
          const { timestamp, timeMilliseconds } = this.head.block.header;
          const time = (timeMilliseconds ?? timestamp * 1000n) + interval;
          this.clock.setNext(time > this.earliest() ? time : this.earliest(), 0n);
        }
        await this.#mineOne(this.#queue.senders(), { empty: true, defer: false });
      }
    });
  }

  /** The block that would be made now of what waits; it is not kept. */
  pending(): Promise<StoredBlock> {
    return this.run(async () => {
      const builder = await this.#begin();
      await fillBlock(builder, this.#ready(this.#queue.senders()), true);
      return storedBlock(builder.seal().block);
    });
  }

  /** Runs a message over a block's state. */
  call(call: ChainCall): Promise<CallResult> {
    return this.run(() => runCall(this.engine, call, this.blockHash));
  }

  /** Executes a mined transaction again, after the ones before it in its block. */
  replay(place: TransactionPlace, watcher: FrameWatcher): Promise<Replayed> {
    return this.run(() => replayTransaction(this.engine, this.blocks, place, watcher));
  }

  /** Nonce of an account after the last block. */
  nonce(address: Hex): bigint {
    return this.head.block.state.get(address)?.nonce ?? 0n;
  }

  /** Nonce after everything that waits. */
  pendingNonce(address: Hex): bigint {
    return this.#queue.nextNonce(address, this.nonce(address));
  }

  /** Transactions that wait. */
  waiting(): readonly SignedTransaction[] {
    return this.#queue.all();
  }

  /** Drops a transaction that waits. @returns Whether it was there. */
  drop(hash: Hex): boolean {
    const found = this.#queue.all().find((transaction) => transaction.hash === hash);
    return found !== undefined && this.#queue.remove(found);
  }

  /** Time of a block that would be made now, in milliseconds. */
  nextTime(): bigint {
    return this.clock.peek(this.earliest());
  }

  /** Base fee of a block that would be made now, in wei per gas. */
  pendingBaseFee(): bigint {
    if (this.nextBaseFee !== undefined) return this.nextBaseFee;
    const timestamp = this.nextTime() / 1000n;
    const coinbase = this.head.block.header.coinbase;
    return expectedHeader(this.engine, this.head.block, { timestamp, coinbase }).baseFee ?? 0n;
  }

  /** Earliest time of the next block in milliseconds. */
  earliest(): bigint {
    return earliestTime(this.engine, this.head.block);
  }

  /** Executes and adds the next block of the same chain, made earlier. @throws ToolkitError `BLOCK_MISMATCH`. */
  restore(raw: Hex): Promise<void> {
    return this.run(async () => {
      this.blocks.add(await processBlock(this.engine, this.head.block, raw, this.blockHash));
    });
  }

  /** @throws RpcError -32000 when blocks are kept: they must follow from transactions alone. */
  verifyChangeable(): void {
    if (this.store === undefined) return;
    throw new RpcError(
      'rejected',
      'this chain is kept on the disk and changes only by signed transactions; start one without a data folder for this',
    );
  }

  /** Sets members of accounts after the last block. */
  override(overrides: ReadonlyMap<Hex, AccountOverride>): Promise<void> {
    return this.run(async () => {
      const { head } = this;
      this.verifyChangeable();
      this.overridden = true;
      const state = overrideState(head.block.state, overrides);
      this.blocks.replaceHead({ ...head, block: { ...head.block, state } });
    });
  }

  /** Remembers blocks, clock and queue. @returns The number to go back with. */
  snapshot(): Promise<number> {
    return this.run(async () => this.#snapshots.add(this.#describe()));
  }

  /** Goes back to a snapshot and forgets it with the later ones. @returns Whether there was such a one. */
  revert(id: number): Promise<boolean> {
    return this.run(async () => {
      const snapshot = this.#snapshots.take(id);
      if (snapshot === undefined) return false;
      this.#goBack(snapshot);
      return true;
    });
  }

  /** Takes the blocks of a chain with the same block 0 in the place of the own. @throws ToolkitError `BLOCK_MISMATCH`; the own ones are then gone. */
  async replaceBlocks(raws: readonly Hex[]): Promise<void> {
    await this.reset();
    for (const raw of raws) {
      await this.restore(raw);
      this.store?.append(raw);
    }
  }

  /** Goes back to block 0 as it was, without snapshots, waiting transactions and impersonated accounts. */
  reset(): Promise<void> {
    return this.run(async () => {
      this.#snapshots.clear();
      this.impersonated.clear();
      this.nextBaseFee = undefined;
      this.#goBack(this.#first);
    });
  }

  readonly blockHash = (number: bigint): Hex | undefined => this.blocks.at(number)?.block.hash;

  #describe(): Snapshot {
    return {
      length: this.blocks.length,
      head: this.head,
      overridden: this.overridden,
      clock: this.clock.state,
      waiting: this.#queue.all(),
    };
  }

  #goBack(snapshot: Snapshot): void {
    this.blocks.cut(snapshot.length);
    this.store?.cut(snapshot.length - 1);
    this.overridden = snapshot.overridden;
    this.blocks.replaceHead(snapshot.head);
    this.clock.state = snapshot.clock;
    this.#queue = new NonceQueue();
    for (const transaction of snapshot.waiting)
      this.#queue.add(transaction, this.nonce(transaction.from));
    for (const listener of this.onCut) listener(snapshot.length);
  }

  #begin(): Promise<BlockBuilder> {
    return createBlockBuilder(this.engine, this.head.block, {
      timestampMilliseconds: this.nextTime(),
      blockHash: this.blockHash,
      ...(this.nextBaseFee !== undefined && { baseFee: this.nextBaseFee }),
    });
  }

  #ready(senders: readonly Hex[]): (readonly SignedTransaction[])[] {
    return senders.map((sender) => this.#queue.ready(sender, this.nonce(sender)));
  }

  /** Makes a block of the ready transactions of some senders. `empty`: also of none. `defer`: it may be finished later. */
  async #mineOne(senders: readonly Hex[], { empty, defer }: { empty: boolean; defer: boolean }) {
    const builder = await this.#begin();
    const instant = this.#mining === 'instant';
    const { taken, refused } = await fillBlock(builder, this.#ready(senders), !instant);
    for (const transaction of taken) this.#queue.remove(transaction);
    for (const { transaction } of refused.values()) this.#queue.remove(transaction);
    // A transaction that no block takes makes no block.
    if (taken.length === 0 && !empty) return { made: false, refused };
    let finish = () => builder.seal().block;
    if (this.store !== undefined) {
      // That a block cannot be kept must be heard by who sent it.
      const { block, raw } = builder.seal();
      this.store.append(raw);
      finish = () => block;
    }
    if (taken.some(({ impersonated }) => impersonated)) this.overridden = true;
    this.clock.take(0n);
    if (this.nextBaseFee !== undefined) {
      this.overridden = true;
      this.nextBaseFee = undefined;
    }
    if (defer && this.store === undefined) {
      this.blocks.defer(finish);
      setImmediate(() => this.blocks.settle());
    } else this.blocks.add(finish());
    return { made: true, refused };
  }
}
