import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { logsBloom } from '../../../genesis/evm/block-roots.js';
import type { TransactionPlace } from '../chain/block-list.js';
import { formatQuantity } from './format-quantity.js';

/** A log as clients read it. */
export interface RpcLog {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly blockTimestamp: Hex;
  readonly transactionHash: Hex;
  readonly transactionIndex: Hex;
  readonly logIndex: Hex;
  readonly removed: boolean;
}

/** The logs of a mined transaction. */
export function formatLogs({ stored, index }: TransactionPlace): RpcLog[] {
  const { block, firstLogs } = stored;
  return block.receipts[index]!.logs.map((log, position) => ({
    ...log,
    blockNumber: formatQuantity(block.header.number),
    blockHash: block.hash,
    blockTimestamp: formatQuantity(block.header.timestamp),
    transactionHash: block.transactions[index]!.hash,
    transactionIndex: formatQuantity(index),
    logIndex: formatQuantity(firstLogs[index]! + position),
    removed: false,
  }));
}

/** The receipt of a mined transaction. */
export function formatReceipt(place: TransactionPlace, keccak: (bytes: Uint8Array) => Uint8Array) {
  const { block } = place.stored;
  const receipt = block.receipts[place.index]!;
  return {
    transactionHash: receipt.transactionHash,
    transactionIndex: formatQuantity(place.index),
    blockHash: block.hash,
    blockNumber: formatQuantity(block.header.number),
    from: receipt.from,
    to: receipt.to ?? null,
    contractAddress: receipt.contractAddress ?? null,
    type: formatQuantity(receipt.type),
    status: formatQuantity(receipt.status),
    gasUsed: formatQuantity(receipt.gasUsed),
    cumulativeGasUsed: formatQuantity(receipt.cumulativeGasUsed),
    effectiveGasPrice: formatQuantity(receipt.effectiveGasPrice),
    logs: formatLogs(place),
    logsBloom: `0x${bytesToHex(logsBloom(receipt.logs, keccak))}`,
  };
}
