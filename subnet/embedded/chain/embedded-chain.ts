import { hexToBytes } from '@noble/hashes/utils.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import type { Hex } from '../../../genesis/base/hash.js';
import type { ParsedGenesis } from '../../../genesis/compile/parsed-genesis.js';
import { createBlockBuilder } from '../../../genesis/evm/block-builder.js';
import { minimumDelay } from '../../../genesis/evm/block-delay.js';
import { genesisBlock } from '../../../genesis/evm/chain-block.js';
import { createEngine, type Engine } from '../../../genesis/evm/engine.js';
import {
  type CallParameters,
  type CallResult,
  executeCall,
} from '../../../genesis/evm/execute-call.js';
import { expectedHeader, processBlock } from '../../../genesis/evm/process-block.js';
import {
  effectivePrice,
  parseTransaction,
  type SignedTransaction,
} from '../../../genesis/evm/transaction.js';
import type { EvmCrypto, Receipt } from '../../../genesis/evm/types.js';
import { RpcError } from '../rpc/rpc-error.js';
import { BlockList, type StoredBlock, type TransactionPlace } from './block-list.js';
import { ChainClock, type ClockState } from './chain-clock.js';
import { NonceQueue } from './nonce-queue.js';
import { type AccountOverride, overrideState } from './override-state.js';
import { type FrameWatcher, watchFrames } from './watch-frames.js';

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
  readonly id: number;
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

/** A call over a block's state. */
export interface ChainCall extends Omit<CallParameters, 'blockHash' | 'onStep'> {
  readonly accessList?:
    | readonly { readonly address: Hex; readonly storageKeys: readonly Hex[] }[]
    | undefined;
  readonly onFrames?: FrameWatcher | undefined;
}

type Listener = (stored: StoredBlock) => void;

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
  /** Called with each new block. */
  readonly onBlock = new Set<Listener>();
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
  #snapshots: Snapshot[] = [];
  #snapshotId = 0;

  constructor(parameters: EmbeddedChainParameters) {
    const { genesis, crypto, now } = parameters;
    const first = genesisBlock(genesis, crypto);
    this.genesis = genesis;
    this.engine = createEngine({ genesis, state: first.state, crypto });
    this.blocks = new BlockList(first);
    this.clock = new ChainClock(now);
    this.mining = parameters.mining ?? 'instant';
  }

  get head(): StoredBlock {
    return this.blocks.head;
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
    const result = this.#turn.then(work);
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
    await this.run(async () => {
      this.#verify(transaction);
      const nonce = this.head.block.state.get(transaction.from)?.nonce ?? 0n;
      this.#queue.add(transaction, nonce);
      for (const listener of this.onTransaction) listener(transaction);
      if (this.#mining !== 'instant') return;
      while (this.#queue.ready(transaction.from, this.nonce(transaction.from)).length > 0) {
        const before = this.head;
        const refused = await this.#mineOne([transaction.from], false);
        const own = refused.get(transaction.hash);
        if (own !== undefined) throw new RpcError('rejected', own.message);
        if (refused.size > 0 || this.head === before) break;
      }
    });
    return transaction.hash;
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
        await this.#mineOne(this.#queue.senders(), true);
      }
    });
  }

  /** Runs a message over a block's state. Its access list makes accounts and slots cheap; the price of the list is not in the result. */
  call({ accessList = [], onFrames, ...parameters }: ChainCall): Promise<CallResult> {
    return this.run(async () => {
      const evm = this.engine.evm(this.engine.rules.at(parameters.header.timestamp));
      for (const { address, storageKeys } of accessList) {
        evm.journal.addAlwaysWarmAddress(address);
        for (const key of storageKeys) evm.journal.addAlwaysWarmSlot(address, key.slice(2));
      }
      const stop = onFrames && watchFrames(evm, onFrames);
      try {
        return await executeCall(this.engine, { ...parameters, blockHash: this.blockHash });
      } finally {
        stop?.();
      }
    });
  }

  /** Executes a mined transaction again, after the ones before it in its block. */
  replay({ stored, index }: TransactionPlace, watcher: FrameWatcher): Promise<Receipt> {
    return this.run(async () => {
      const { header, transactions } = stored.block;
      const parent = this.blocks.at(header.number - 1n)!.block;
      const builder = await createBlockBuilder(this.engine, parent, {
        timestampMilliseconds: header.timeMilliseconds ?? header.timestamp * 1000n,
        coinbase: header.coinbase,
        blockHash: this.blockHash,
        ...(header.baseFee !== undefined && { baseFee: header.baseFee }),
      });
      for (const earlier of transactions.slice(0, index)) await builder.add(earlier);
      const stop = watchFrames(this.engine.evm(this.engine.rules.at(header.timestamp)), watcher);
      try {
        return await builder.add(transactions[index]!);
      } finally {
        stop();
      }
    });
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

  /** Earliest time of the next block in milliseconds: Granite's delay, or before it the block rate at which blocks are free. */
  earliest(): bigint {
    const { header, state } = this.head.block;
    if (header.timeMilliseconds !== undefined && header.minDelayExcess !== undefined)
      return header.timeMilliseconds + minimumDelay(header.minDelayExcess);
    const { blockGasCostStep, targetBlockRate } = this.engine.feesAfter(header, state);
    const free = header.blockGasCost === undefined || blockGasCostStep === 0n;
    return (header.timestamp + (free ? 0n : (targetBlockRate ?? 0n))) * 1000n;
  }

  /** Executes and adds the next block of the same chain, made earlier. @throws ToolkitError `BLOCK_MISMATCH`. */
  restore(raw: Hex): Promise<void> {
    return this.run(async () => {
      const block = await processBlock(this.engine, this.head.block, raw, this.blockHash);
      this.blocks.add(block);
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
    return this.run(async () => {
      this.#snapshotId += 1;
      this.#snapshots.push({
        id: this.#snapshotId,
        length: this.blocks.length,
        head: this.head,
        overridden: this.overridden,
        clock: this.clock.state,
        waiting: this.#queue.all(),
      });
      return this.#snapshotId;
    });
  }

  /** Goes back to a snapshot and forgets it with the later ones. @returns Whether there was such a one. */
  revert(id: number): Promise<boolean> {
    return this.run(async () => {
      const found = this.#snapshots.findIndex((snapshot) => snapshot.id === id);
      const snapshot = this.#snapshots[found];
      if (snapshot === undefined) return false;
      this.#snapshots.length = found;
      this.blocks.cut(snapshot.length);
      this.store?.cut(snapshot.length - 1);
      this.overridden = snapshot.overridden;
      this.blocks.replaceHead(snapshot.head);
      this.clock.state = snapshot.clock;
      this.#queue = new NonceQueue();
      for (const transaction of snapshot.waiting)
        this.#queue.add(transaction, this.nonce(transaction.from));
      for (const listener of this.onCut) listener(snapshot.length);
      return true;
    });
  }

  readonly blockHash = (number: bigint): Hex | undefined => this.blocks.at(number)?.block.hash;

  #begin(time: bigint) {
    return createBlockBuilder(this.engine, this.head.block, {
      timestampMilliseconds: time,
      blockHash: this.blockHash,
      ...(this.nextBaseFee !== undefined && { baseFee: this.nextBaseFee }),
    });
  }

  /** Makes a block of the ready transactions of some senders; dearest first. @returns What was refused and dropped. */
  async #mineOne(senders: readonly Hex[], empty: boolean): Promise<ReadonlyMap<Hex, Error>> {
    const refused = new Map<Hex, Error>();
    const builder = await this.#begin(this.nextTime());
    const baseFee = builder.header.baseFee ?? 0n;
    let count = 0;
    const ready = senders
      .map((sender) => [...this.#queue.ready(sender, this.nonce(sender))])
      .filter((list) => list.length > 0);
    const tip = (list: readonly SignedTransaction[]) => effectivePrice(list[0]!, baseFee);
    while (ready.length > 0) {
      if (ready.length > 1) ready.sort((a, b) => (tip(a) > tip(b) ? -1 : tip(a) < tip(b) ? 1 : 0));
      const list = ready[0]!;
      const transaction = list.shift()!;
      try {
        await builder.add(transaction);
        count += 1;
        this.#queue.remove(transaction);
        if (transaction.impersonated) this.overridden = true;
      } catch (error) {
        list.length = 0;
        const code = error instanceof ToolkitError ? error.code : '';
        const later = code === 'TRANSACTION_BLOCK_FULL' || code === 'TRANSACTION_FEE_TOO_LOW';
        if (!later || (code === 'TRANSACTION_FEE_TOO_LOW' && this.#mining === 'instant')) {
          this.#queue.remove(transaction);
          refused.set(transaction.hash, error as Error);
        }
      }
      if (list.length === 0) ready.shift();
    }
    // A transaction that no block takes makes no block.
    if (count === 0 && !empty) return refused;
    const sealed = builder.seal();
    this.store?.append(sealed.raw);
    this.clock.take(0n);
    if (this.nextBaseFee !== undefined) {
      this.overridden = true;
      this.nextBaseFee = undefined;
    }
    const stored = this.blocks.add(sealed.block);
    for (const listener of this.onBlock) listener(stored);
    return refused;
  }

  /** What can be said of a transaction before its turn. */
  #verify(transaction: SignedTransaction): void {
    const { state, header } = this.head.block;
    const { gasLimit, maxFeePerGas, value, from } = transaction;
    if (this.blocks.transaction(transaction.hash) !== undefined)
      throw new RpcError('rejected', 'already known');
    const limit = this.engine.feesAfter(header, state).gasLimit!;
    if (gasLimit > limit) {
      throw new RpcError(
        'rejected',
        `exceeds block gas limit: transaction has ${gasLimit}, a block ${limit}`,
      );
    }
    const have = state.get(from)?.balance ?? 0n;
    const want = gasLimit * maxFeePerGas + value;
    if (have < want) {
      throw new RpcError(
        'rejected',
        `insufficient funds for gas * price + value: address ${from} have ${have} want ${want}`,
      );
    }
  }
}
