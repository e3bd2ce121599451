import { bytesToHex } from '@noble/hashes/utils.js';
import { effectivePrice, type SignedTransaction } from '../../../genesis/evm/transaction.js';
import type { TransactionPlace } from '../chain/block-list.js';
import { formatQuantity } from './format-quantity.js';

/** A transaction as clients read it; without a place it waits. */
export function formatTransaction(
  transaction: SignedTransaction,
  chainId: bigint,
  place?: TransactionPlace,
) {
  const { type, signature, maxFeePerGas, maxPriorityFeePerGas } = transaction;
  const block = place?.stored.block;
  const price =
    block === undefined ? maxFeePerGas : effectivePrice(transaction, block.header.baseFee ?? 0n);
  const bound = type !== 0 || signature.v >= 35n;
  return {
    blockHash: block?.hash ?? null,
    blockNumber: block === undefined ? null : formatQuantity(block.header.number),
    transactionIndex: place === undefined ? null : formatQuantity(place.index),
    hash: transaction.hash,
    type: formatQuantity(type),
    from: transaction.from,
    to: transaction.to ?? null,
    nonce: formatQuantity(transaction.nonce),
    gas: formatQuantity(transaction.gasLimit),
    value: formatQuantity(transaction.value),
    input: `0x${bytesToHex(transaction.data)}`,
    gasPrice: formatQuantity(price),
    ...(type === 2 && {
      maxFeePerGas: formatQuantity(maxFeePerGas),
      maxPriorityFeePerGas: formatQuantity(maxPriorityFeePerGas),
    }),
    ...(type !== 0 && {
      accessList: transaction.accessList.map(({ address, slots }) => ({
        address,
        storageKeys: slots.map((slot) => `0x${bytesToHex(slot)}`),
      })),
      yParity: formatQuantity(signature.v),
    }),
    ...(bound && { chainId: formatQuantity(chainId) }),
    v: formatQuantity(signature.v),
    r: formatQuantity(signature.r),
    s: formatQuantity(signature.s),
  };
}
