import type { Common } from '@ethereumjs/common';
import { RLP } from '@ethereumjs/rlp';
import { ecrecover } from '@ethereumjs/util';
import { ToolkitError } from '../base/errors.js';
import { formatHex } from '../base/format-hex.js';
import { type Hex, keccak256 } from '../base/hash.js';
import { numberOf, RlpReader } from './rlp/rlp-reader.js';
import { RlpWriter } from './rlp/rlp-writer.js';

const largestNonce = (1n << 64n) - 1n;
/** Largest init code since Durango, in bytes. */
const largestInitCode = 49_152;
/** Half the order of secp256k1 (EIP-2). */
const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const writer = new RlpWriter();

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
 * @param common With the chain id and the crypto to use.
 * @throws ToolkitError `TRANSACTION_ENCODING`, `TRANSACTION_TYPE`, `TRANSACTION_SIGNATURE` (exit 2).
 */
export function parseTransaction(item: Uint8Array | unknown[], common: Common): SignedTransaction {
  const raw = item instanceof Uint8Array ? item : RLP.encode(item as never);
  const type = raw[0] !== undefined && raw[0] < 0x80 ? raw[0] : 0;
  if (type > 2 || raw[0] === 0) {
    throw new ToolkitError({
      code: 'TRANSACTION_TYPE',
      message: `Transactions of type ${raw[0]} do not exist on a Subnet-EVM chain.`,
      allowed: 'types 0 (a list), 1 and 2',
      exitCode: 2,
    });
  }
  try {
    return read(raw, type as 0 | 1 | 2, common);
  } catch (cause) {
    if (!(cause instanceof ToolkitError) || cause.code !== 'RLP') throw cause;
    throw encodingError(cause.message, cause);
  }
}

function read(raw: Uint8Array, type: 0 | 1 | 2, common: Common): SignedTransaction {
  const outer = new RlpReader(raw, type === 0 ? 0 : 1);
  const fields = outer.list();
  if (!outer.done) throw encodingError('bytes follow the transaction');
  const start = fields.at;
  const chainId = common.chainId();
  if (type !== 0) {
    const own = fields.number(32);
    if (own !== chainId) throw encodingError(`its chain id is ${own}, this chain's ${chainId}`);
  }
  const nonce = fields.number(8);
  if (nonce === largestNonce) throw encodingError(`its nonce is ${nonce}, the largest of all`);
  const maxPriorityFeePerGas = fields.number(32);
  const maxFeePerGas = type === 2 ? fields.number(32) : maxPriorityFeePerGas;
  const gasLimit = fields.number(8);
  const to = fields.bytes();
  if (to.length !== 0 && to.length !== 20)
    throw encodingError(`its receiver has ${to.length} bytes`);
  const value = fields.number(32);
  const data = fields.bytes();
  const accessList = type === 0 ? [] : readAccessList(fields.list());
  const end = fields.at;
  const v = fields.number(32);
  const rBytes = fields.bytes();
  const sBytes = fields.bytes();
  if (!fields.done) throw encodingError('it has more members than its type has');
  if (gasLimit * maxFeePerGas >= 1n << 256n)
    throw encodingError(`its gas limit times ${maxFeePerGas} wei exceeds 2^256 - 1`);
  if (maxFeePerGas < maxPriorityFeePerGas)
    throw encodingError(`its tip ${maxPriorityFeePerGas} exceeds its fee cap ${maxFeePerGas}`);
  if (to.length === 0 && data.length > largestInitCode && common.isActivatedEIP(3860))
    throw encodingError(`its init code has ${data.length} bytes; ${largestInitCode} are allowed`);
  const r = signatureNumber(rBytes, 'r');
  const s = signatureNumber(sBytes, 's');
  if (s > halfOrder) throw signatureError('s is above half of the order of the curve');
  if (
    type !== 0
      ? v > 1n
      : v !== 27n && v !== 28n && v - 2n * chainId !== 35n && v - 2n * chainId !== 36n
  )
    throw signatureError(`v is ${v}`);
  const keccak = common.customCrypto.keccak256 ?? keccak256;
  writer.begin();
  if (type === 0 && v > 28n) writer.number(0n).number(0n).number(chainId);
  writer.encoded(raw.subarray(start, end)).list(0);
  if (type !== 0) writer.encoded(Uint8Array.of(type));
  let publicKey: Uint8Array;
  try {
    const recover = common.customCrypto.ecrecover ?? ecrecover;
    publicKey = recover(keccak(writer.take()), v, rBytes, sBytes, v > 28n ? chainId : undefined);
  } catch (cause) {
    throw signatureError((cause as Error).message, cause);
  }
  return {
    hash: formatHex(keccak(raw)),
    type,
    from: formatHex(keccak(publicKey).subarray(12)),
    to: to.length === 0 ? undefined : formatHex(to),
    nonce,
    gasLimit,
    value,
    data,
    maxFeePerGas,
    maxPriorityFeePerGas,
    accessList,
    signature: { v, r, s },
    raw,
  };
}

function readAccessList(reader: RlpReader): SignedTransaction['accessList'] {
  const list: { address: Hex; slots: Uint8Array[] }[] = [];
  while (!reader.done) {
    const item = reader.list();
    const address = item.bytes();
    if (address.length !== 20)
      throw encodingError(`an address of its access list has ${address.length} bytes`);
    const keys = item.list();
    const slots: Uint8Array[] = [];
    while (!keys.done) {
      const slot = keys.bytes();
      if (slot.length !== 32)
        throw encodingError(`a slot of its access list has ${slot.length} bytes`);
      slots.push(slot);
    }
    if (!item.done) throw encodingError('an item of its access list has more than two members');
    list.push({ address: formatHex(address), slots });
  }
  return list;
}

function signatureNumber(bytes: Uint8Array, name: string): bigint {
  if (bytes.length === 0 || bytes.length > 32 || bytes[0] === 0)
    throw signatureError(`${name} is ${formatHex(bytes)}`);
  return numberOf(bytes);
}

function encodingError(reason: string, cause?: unknown): ToolkitError {
  return new ToolkitError({
    code: 'TRANSACTION_ENCODING',
    message: `The bytes are not a transaction of this chain: ${reason}.`,
    allowed: 'signed legacy, EIP-2930 and EIP-1559 transactions',
    exitCode: 2,
    cause,
  });
}

function signatureError(reason: string, cause?: unknown): ToolkitError {
  return new ToolkitError({
    code: 'TRANSACTION_SIGNATURE',
    message: `The signature names no sender: ${reason}.`,
    exitCode: 2,
    cause,
  });
}

/** Price per gas that a transaction pays at a base fee: base fee plus tip, capped. */
export function effectivePrice(transaction: SignedTransaction, baseFee: bigint): bigint {
  const wanted = baseFee + transaction.maxPriorityFeePerGas;
  return wanted < transaction.maxFeePerGas ? wanted : transaction.maxFeePerGas;
}
