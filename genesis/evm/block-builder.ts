import { ToolkitError } from '../base/errors.js';
import { formatHex } from '../base/format-hex.js';
import type { Hex } from '../base/hash.js';
import { blackhole } from '../precompiles/reward-manager.js';
import { warp } from '../precompiles/warp.js';
import { applyTransaction } from './apply-transaction.js';
import { applyUpgrades } from './apply-upgrades.js';
import { encodeBlock } from './block.js';
import { initialDelayExcess, minimumDelay } from './block-delay.js';
import { blockBloom, encodeReceipt, listRoot } from './block-roots.js';
import { callBeaconRoots } from './call-beacon-roots.js';
import { type ChainBlock, hashHeader } from './chain-block.js';
import type { Engine } from './engine.js';
import { formatFeeWindow, nextFeeWindow } from './fee-window.js';
import { formatPredicateResults } from './predicate-results.js';
import { expectedHeader } from './process-block.js';
import type { SignedTransaction } from './transaction.js';
import type { BlockHeader, Receipt } from './types.js';

export interface BlockBuilderParameters {
  /** Time of the block. Seconds are taken from it; before Granite the rest is dropped. */
  readonly timestampMilliseconds: bigint;
  /** Only where the chain lets the block's maker choose; default blackhole. */
  readonly coinbase?: Hex;
  /** Hashes of earlier blocks, for the BLOCKHASH instruction. */
  readonly blockHash?: (number: bigint) => Hex | undefined;
  /** Replaces the base fee that follows from the parent; such a block does not replay. */
  readonly baseFee?: bigint;
}

/** A block in the making; the engine's state belongs to it until it is sealed or dropped. */
export interface BlockBuilder {
  /** Members that are fixed before any transaction. */
  readonly header: Pick<BlockHeader, 'number' | 'timestamp' | 'gasLimit' | 'baseFee' | 'coinbase'>;
  /** Applies a transaction. @throws ToolkitError `TRANSACTION_…`; the block then goes on without it. */
  add(transaction: SignedTransaction): Promise<Receipt>;
  /** The finished block and its RLP, which is put together when it is asked for. */
  seal(): { readonly block: ChainBlock; readonly raw: Hex };
}

/**
 * Begins the child of a block.
 *
 * @throws ToolkitError `BLOCK_TIME` for a time before the parent's, or too soon after it since Granite.
 */
export async function createBlockBuilder(
  engine: Engine,
  parent: ChainBlock,
  parameters: BlockBuilderParameters,
): Promise<BlockBuilder> {
  const { timestampMilliseconds: time, coinbase = blackhole } = parameters;
  const timestamp = time / 1000n;
  const rules = engine.rules.at(timestamp);
  verifyTime(parent.header, time, rules.granite);
  const fixed = expectedHeader(engine, parent, { timestamp, coinbase });
  const header = {
    ...(fixed as BlockHeader),
    ...(parameters.baseFee !== undefined && { baseFee: parameters.baseFee }),
    parentHash: parent.hash,
    number: parent.header.number + 1n,
    timestamp,
  };
  engine.state.reset(parent.state);
  const upgradeEffects = await applyUpgrades(engine, parent.header.timestamp, header);
  await callBeaconRoots(engine, header, parameters.blockHash);
  // Nobody here knows the validators who would have signed, so every predicate counts as failed, as it does on a node that
  // cannot verify it.
  const predicateResults = new Map<Hex, ReadonlyMap<Hex, bigint>>();
  const warpActive = engine.rules.enabled(warp.key, timestamp);
  const transactions: SignedTransaction[] = [];
  const receipts: Receipt[] = [];
  return {
    header,
    async add(transaction) {
      const carried = transaction.accessList.filter(
        ({ address }) => address === warp.address,
      ).length;
      const failed = new Map([[warp.address, (1n << BigInt(carried)) - 1n]]);
      const results = warpActive && carried > 0 ? new Map([[transaction.hash, failed]]) : new Map();
      const receipt = await applyTransaction(engine, transaction, {
        header,
        gasUsedBefore: receipts.at(-1)?.cumulativeGasUsed ?? 0n,
        predicateResults: results,
        blockHash: parameters.blockHash ?? (() => undefined),
      });
      for (const [hash, byAddress] of results) predicateResults.set(hash, byAddress);
      transactions.push(transaction);
      receipts.push(receipt);
      return receipt;
    },
    seal() {
      const { keccak256 } = engine.crypto;
      const state = engine.state.world();
      const raws = transactions.map(({ raw }) => raw);
      const window = nextFeeWindow(
        parent.header,
        engine.rules.at(parent.header.timestamp).subnetEVM,
        timestamp,
      );
      const sealed: BlockHeader = {
        ...header,
        stateRoot: formatHex(state.root),
        transactionsRoot: listRoot(raws, keccak256),
        receiptsRoot: listRoot(
          receipts.map((receipt) => encodeReceipt(receipt, keccak256)),
          keccak256,
        ),
        logsBloom: blockBloom(receipts, keccak256),
        gasUsed: receipts.at(-1)?.cumulativeGasUsed ?? 0n,
        extraData: rules.subnetEVM
          ? `0x${formatFeeWindow(window)}${rules.durango ? formatPredicateResults(predicateResults) : ''}`
          : '0x',
        timeMilliseconds: rules.granite ? time : undefined,
        minDelayExcess: rules.granite
          ? (parent.header.minDelayExcess ?? initialDelayExcess)
          : undefined,
      };
      const block = {
        hash: hashHeader(sealed, engine.crypto),
        header: sealed,
        transactions,
        receipts,
        upgradeEffects,
        state,
      };
      return {
        block,
        get raw() {
          return encodeBlock(sealed, raws);
        },
      };
    },
  };
}

function verifyTime(parent: BlockHeader, time: bigint, granite: boolean): void {
  const { timeMilliseconds, minDelayExcess } = parent;
  const earliest =
    granite && timeMilliseconds !== undefined && minDelayExcess !== undefined
      ? timeMilliseconds + minimumDelay(minDelayExcess)
      : parent.timestamp * 1000n;
  if (time >= earliest) return;
  throw new ToolkitError({
    code: 'BLOCK_TIME',
    message: `A block at ${time} ms is too early.`,
    allowed: `${earliest} ms or later, after block ${parent.number}`,
    next: 'Move the clock forward.',
  });
}
