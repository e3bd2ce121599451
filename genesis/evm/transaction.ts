import type { Common } from '@ethereumjs/common';
import { createTxFromBlockBodyData, createTxFromRLP, type TypedTransaction } from '@ethereumjs/tx';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';

/** A signed transaction, read and with its sender. */
export interface SignedTransaction {
  readonly hash: Hex;
  /** 0 legacy, 1 with access list, 2 with dynamic fee. */
  readonly type: 0 | 1 | 2;
  readonly from: Hex;
  readonly to: Hex | undefined;
  readonly nonce: bigint;
  readonly gasLimit: bigint;
  readonly value: bigint;
  readonly data: Uint8Array;
  /** Wei per gas. */
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
  readonly accessList: readonly { readonly address: Hex; readonly slots: readonly Uint8Array[] }[];
  readonly signature: { readonly v: bigint; readonly r: bigint; readonly s: bigint };
  /** As it goes over the wire. */
  readonly raw: Uint8Array;
  /** Sent by a developer without the sender's key: contracts may send, and the block does not replay. */
  readonly impersonated?: true;
}

/**
 * Reads a transaction: raw bytes, or an item of a block's list (a list for a legacy one).
 *
 * @param common With the crypto to use.
 * @throws ToolkitError `TRANSACTION_ENCODING`, `TRANSACTION_TYPE`, `TRANSACTION_SIGNATURE`.
 */
export function parseTransaction(item: Uint8Array | unknown[], common: Common): SignedTransaction {
  let transaction: TypedTransaction;
  try {
    transaction =
      item instanceof Uint8Array
        ? createTxFromRLP(item, { common })
        : createTxFromBlockBodyData(item as never, { common });
  } catch (cause) {
    throw new ToolkitError({
      code: 'TRANSACTION_ENCODING',
      message: `The bytes are not a transaction of this chain: ${(cause as Error).message}`,
      allowed: 'signed legacy, EIP-2930 and EIP-1559 transactions',
      exitCode: 2,
      cause,
    });
  }
  const { type } = transaction;
  if (type !== 0 && type !== 1 && type !== 2) {
    throw new ToolkitError({
      code: 'TRANSACTION_TYPE',
      message: `Transactions of type ${type} do not exist on a Subnet-EVM chain.`,
      allowed: 'types 0, 1 and 2',
      exitCode: 2,
    });
  }
  let from: Hex;
  try {
    from = transaction.getSenderAddress().toString();
  } catch (cause) {
    throw new ToolkitError({
      code: 'TRANSACTION_SIGNATURE',
      message: `The signature names no sender: ${(cause as Error).message}`,
      exitCode: 2,
      cause,
    });
  }
  const fees =
    'maxFeePerGas' in transaction
      ? {
          maxFeePerGas: transaction.maxFeePerGas,
          maxPriorityFeePerGas: transaction.maxPriorityFeePerGas,
        }
      : { maxFeePerGas: transaction.gasPrice, maxPriorityFeePerGas: transaction.gasPrice };
  const accessList = ('accessList' in transaction ? transaction.accessList : []) as [
    Uint8Array,
    Uint8Array[],
  ][];
  return {
    hash: `0x${bytesToHex(transaction.hash())}`,
    type,
    from,
    to: transaction.to?.toString(),
    nonce: transaction.nonce,
    gasLimit: transaction.gasLimit,
    value: transaction.value,
    data: transaction.data,
    ...(fees as { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }),
    accessList: accessList.map(([address, slots]) => ({
      address: `0x${bytesToHex(address)}`,
      slots,
    })),
    signature: { v: transaction.v!, r: transaction.r!, s: transaction.s! },
    raw: transaction.serialize(),
  };
}

/** Price per gas that a transaction pays at a base fee: base fee plus tip, capped. */
export function effectivePrice(transaction: SignedTransaction, baseFee: bigint): bigint {
  const wanted = baseFee + transaction.maxPriorityFeePerGas;
  return wanted < transaction.maxFeePerGas ? wanted : transaction.maxFeePerGas;
}
