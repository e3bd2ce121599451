import { ToolkitError } from '../base/errors.js';
import { formatHex } from '../base/format-hex.js';
import type { Hex } from '../base/hash.js';
import { warp } from '../precompiles/warp.js';
import { applyTransaction } from './apply-transaction.js';
import { applyUpgrades } from './apply-upgrades.js';
import { parseBlock } from './block.js';
import { initialDelayExcess, isDelayStep, minimumDelay } from './block-delay.js';
import { blockBloom, encodeReceipt, listRoot } from './block-roots.js';
import { callBeaconRoots } from './call-beacon-roots.js';
import { type ChainBlock, hashHeader } from './chain-block.js';
import type { Engine } from './engine.js';
import {
  formatFeeWindow,
  nextBaseFee,
  nextBlockGasCost,
  nextFeeWindow,
  windowBytes,
} from './fee-window.js';
import { formatPredicateResults, parsePredicateResults, resultsOf } from './predicate-results.js';
import { parseTransaction, type SignedTransaction } from './transaction.js';
import type { BlockHeader, Receipt } from './types.js';

const emptyListHash = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347';

/**
 * Executes a block of another node again and compares every member of its header with what follows from its parent and
 * its transactions.
 *
 * @param parent The block before, executed by this function too, or block 0.
 * @param raw RLP of the block.
 * @param blockHash Hashes of earlier blocks, for the BLOCKHASH instruction.
 * @throws ToolkitError `BLOCK_MISMATCH` naming the member with both values, `BLOCK_ENCODING`, `TRANSACTION_…`.
 */
export async function processBlock(
  engine: Engine,
  parent: ChainBlock,
  raw: Hex,
  blockHash: (number: bigint) => Hex | undefined = () => undefined,
): Promise<ChainBlock> {
  const { header, transactions: items, uncles } = parseBlock(raw);
  const mismatch = (member: string, expected: unknown, actual: unknown) => {
    if (expected === actual) return;
    throw new ToolkitError({
      code: 'BLOCK_MISMATCH',
      message: `${member} of block ${header.number} is ${String(actual)}; its parent and transactions give ${String(expected)}.`,
      where: `block ${header.number}: ${member}`,
      next: 'The block does not follow from the one before it under Subnet-EVM rules.',
    });
  };
  mismatch('number', parent.header.number + 1n, header.number);
  mismatch('parentHash', parent.hash, header.parentHash);
  mismatch('uncles', 0, uncles);
  const expected = expectedHeader(engine, parent, header);
  for (const [member, value] of Object.entries(expected)) {
    mismatch(member, value, header[member as keyof BlockHeader]);
  }
  // The node cannot say what a block has paid when its gas costs nothing.
  mismatch('baseFee above zero', true, header.baseFee !== undefined && header.baseFee > 0n);
  verifyTimes(engine, parent.header, header, mismatch);
  const rules = engine.rules.at(header.timestamp);
  const extra = header.extraData.slice(2);
  mismatch(
    'extraData window',
    expectedWindow(engine, parent.header, header.timestamp),
    extra.slice(0, 2 * windowBytes),
  );
  if (!rules.durango) mismatch('extraData length', windowBytes, extra.length / 2);
  const predicateResults = rules.durango
    ? parsePredicateResults(header.extraData, windowBytes)
    : new Map();

  engine.state.reset(parent.state);
  const upgradeEffects = await applyUpgrades(engine, parent.header.timestamp, header);
  await callBeaconRoots(engine, header, blockHash);
  const receipts: Receipt[] = [];
  const transactions: SignedTransaction[] = [];
  let gasUsed = 0n;
  let tips = 0n;
  for (const item of items) {
    const transaction = parseTransaction(item, engine.common(rules));
    const receipt = await applyTransaction(engine, transaction, {
      header,
      gasUsedBefore: gasUsed,
      predicateResults,
      blockHash,
    });
    gasUsed = receipt.cumulativeGasUsed;
    tips += (receipt.effectiveGasPrice - (header.baseFee ?? 0n)) * receipt.gasUsed;
    receipts.push(receipt);
    transactions.push(transaction);
  }
  const { keccak256 } = engine.crypto;
  if (rules.durango) {
    const warpActive = engine.rules.enabled(warp.key, header.timestamp);
    const own = formatPredicateResults(resultsOf(transactions, predicateResults, warpActive));
    mismatch('predicate results', own, extra.slice(2 * windowBytes));
  }
  mismatch('gasUsed', gasUsed, header.gasUsed);
  if (
    header.baseFee !== undefined &&
    header.blockGasCost !== undefined &&
    header.blockGasCost > 0n
  ) {
    mismatch('paid block gas cost', true, tips / header.baseFee >= header.blockGasCost);
  }
  mismatch(
    'transactionsRoot',
    listRoot(
      transactions.map(({ raw: bytes }) => bytes),
      keccak256,
    ),
    header.transactionsRoot,
  );
  mismatch(
    'receiptsRoot',
    listRoot(
      receipts.map((receipt) => encodeReceipt(receipt, keccak256)),
      keccak256,
    ),
    header.receiptsRoot,
  );
  mismatch('logsBloom', blockBloom(receipts, keccak256), header.logsBloom);
  const state = engine.state.world();
  mismatch('stateRoot', formatHex(state.root), header.stateRoot);
  const hash = hashHeader(header, engine.crypto);
  return { hash, header, transactions, receipts, upgradeEffects, state };
}

/** Members of a header that follow from the parent and the time alone. */
export function expectedHeader(
  engine: Engine,
  parent: ChainBlock,
  { timestamp, coinbase }: Pick<BlockHeader, 'timestamp' | 'coinbase'>,
): Partial<BlockHeader> {
  const rules = engine.rules.at(timestamp);
  const before = engine.rules.at(parent.header.timestamp);
  const fees = engine.feesAfter(parent.header, parent.state);
  return {
    uncleHash: emptyListHash,
    coinbase: engine.coinbaseAfter(parent.header, parent.state) ?? coinbase,
    difficulty: 1n,
    gasLimit: rules.subnetEVM ? BigInt.asUintN(64, fees.gasLimit!) : parent.header.gasLimit,
    mixHash: `0x${'0'.repeat(64)}`,
    nonce: '0x0000000000000000',
    baseFee: rules.subnetEVM
      ? nextBaseFee(parent.header, before.subnetEVM, timestamp, fees)
      : undefined,
    blockGasCost: !rules.subnetEVM
      ? undefined
      : rules.granite
        ? 0n
        : nextBlockGasCost(parent.header, timestamp, fees),
    blobGasUsed: rules.etna ? 0n : undefined,
    excessBlobGas: rules.etna ? 0n : undefined,
    parentBeaconRoot: rules.etna ? `0x${'0'.repeat(64)}` : undefined,
  };
}

function expectedWindow(engine: Engine, parent: BlockHeader, timestamp: bigint): string {
  return formatFeeWindow(
    nextFeeWindow(parent, engine.rules.at(parent.timestamp).subnetEVM, timestamp),
  );
}

function verifyTimes(
  engine: Engine,
  parent: BlockHeader,
  header: BlockHeader,
  mismatch: (member: string, expected: unknown, actual: unknown) => void,
): void {
  mismatch('timestamp not before the parent', true, header.timestamp >= parent.timestamp);
  if (!engine.rules.at(header.timestamp).granite) {
    mismatch('timeMilliseconds', undefined, header.timeMilliseconds);
    mismatch('minDelayExcess', undefined, header.minDelayExcess);
    return;
  }
  const { timeMilliseconds: time, minDelayExcess: excess } = header;
  mismatch(
    'timeMilliseconds in seconds',
    header.timestamp,
    time === undefined ? undefined : time / 1000n,
  );
  const before = parent.minDelayExcess ?? initialDelayExcess;
  mismatch('minDelayExcess step', true, excess !== undefined && isDelayStep(before, excess));
  if (parent.timeMilliseconds !== undefined && parent.minDelayExcess !== undefined) {
    const earliest = parent.timeMilliseconds + minimumDelay(parent.minDelayExcess);
    mismatch('timeMilliseconds after the delay', true, time! >= earliest);
  }
}
