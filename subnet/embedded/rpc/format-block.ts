import type { Hex } from '../../../genesis/base/hash.js';
import { encodeChainBlock } from '../../../genesis/evm/chain-block.js';
import type { BlockHeader } from '../../../genesis/evm/types.js';
import type { StoredBlock } from '../chain/block-list.js';
import { formatQuantity } from './format-quantity.js';
import { formatTransaction } from './format-transaction.js';

/** A header as Subnet-EVM nodes write it, with the members that Ethereum does not have. */
export function formatHeader(header: BlockHeader, hash: Hex) {
  const { baseFee, blockGasCost, blobGasUsed, excessBlobGas } = header;
  const { parentBeaconRoot, timeMilliseconds, minDelayExcess } = header;
  return {
    hash,
    number: formatQuantity(header.number),
    parentHash: header.parentHash,
    sha3Uncles: header.uncleHash,
    miner: header.coinbase,
    stateRoot: header.stateRoot,
    transactionsRoot: header.transactionsRoot,
    receiptsRoot: header.receiptsRoot,
    logsBloom: header.logsBloom,
    difficulty: formatQuantity(header.difficulty),
    gasLimit: formatQuantity(header.gasLimit),
    gasUsed: formatQuantity(header.gasUsed),
    timestamp: formatQuantity(header.timestamp),
    extraData: header.extraData,
    mixHash: header.mixHash,
    nonce: header.nonce,
    ...(baseFee !== undefined && { baseFeePerGas: formatQuantity(baseFee) }),
    ...(blockGasCost !== undefined && { blockGasCost: formatQuantity(blockGasCost) }),
    ...(blobGasUsed !== undefined && { blobGasUsed: formatQuantity(blobGasUsed) }),
    ...(excessBlobGas !== undefined && { excessBlobGas: formatQuantity(excessBlobGas) }),
    ...(parentBeaconRoot !== undefined && { parentBeaconBlockRoot: parentBeaconRoot }),
    ...(timeMilliseconds !== undefined && {
      timestampMilliseconds: formatQuantity(timeMilliseconds),
    }),
    ...(minDelayExcess !== undefined && { minDelayExcess: formatQuantity(minDelayExcess) }),
  };
}

/** A block with its transactions, whole or as hashes. */
export function formatBlock(stored: StoredBlock, whole: boolean, chainId: bigint) {
  const { block } = stored;
  return {
    ...formatHeader(block.header, block.hash),
    size: formatQuantity(encodeChainBlock(block).length / 2 - 1),
    uncles: [],
    transactions: block.transactions.map((transaction, index) =>
      whole ? formatTransaction(transaction, chainId, { stored, index }) : transaction.hash,
    ),
  };
}
