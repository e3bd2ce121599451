import { bytesToHex } from '@noble/hashes/utils.js';
import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import { RlpWriter } from './rlp/rlp-writer.js';
import type { BlockHeader } from './types.js';

type Kind = 'bytes' | 'number';

/** Members in the order of the encoding; those from `baseFee` on are optional and only as many as are needed are written. */
const members: readonly (readonly [keyof BlockHeader, Kind, number?])[] = [
  ['parentHash', 'bytes', 32],
  ['uncleHash', 'bytes', 32],
  ['coinbase', 'bytes', 20],
  ['stateRoot', 'bytes', 32],
  ['transactionsRoot', 'bytes', 32],
  ['receiptsRoot', 'bytes', 32],
  ['logsBloom', 'bytes', 256],
  ['difficulty', 'number'],
  ['number', 'number'],
  ['gasLimit', 'number'],
  ['gasUsed', 'number'],
  ['timestamp', 'number'],
  ['extraData', 'bytes'],
  ['mixHash', 'bytes', 32],
  ['nonce', 'bytes', 8],
  ['baseFee', 'number'],
  ['blockGasCost', 'number'],
  ['blobGasUsed', 'number'],
  ['excessBlobGas', 'number'],
  ['parentBeaconRoot', 'bytes', 32],
  ['timeMilliseconds', 'number'],
  ['minDelayExcess', 'number'],
];
const required = 15;
const writer = new RlpWriter();

/** RLP of a header: what its hash is taken of. */
export function encodeHeader(header: BlockHeader): Uint8Array {
  writer.begin();
  let index = members.length - 1;
  while (index >= required && header[members[index]![0]] === undefined) index -= 1;
  for (; index >= 0; index -= 1) {
    const value = header[members[index]![0]];
    // An unset member before a set one is an empty string.
    if (value === undefined) writer.hex('0x');
    else if (typeof value === 'bigint') writer.number(value);
    else writer.hex(value);
  }
  return writer.list(0).take();
}

/**
 * Reads a header from the items of a block's encoding.
 *
 * @throws ToolkitError `BLOCK_ENCODING` with the member.
 */
export function parseHeader(items: unknown): BlockHeader {
  const refuse = (message: string): never => {
    throw new ToolkitError({
      code: 'BLOCK_ENCODING',
      message,
      next: 'The bytes are not a Subnet-EVM block; ask another node.',
    });
  };
  if (!Array.isArray(items) || items.length < required || items.length > members.length) {
    return refuse(`A header has ${required} to ${members.length} members.`);
  }
  const header: Record<string, Hex | bigint> = {};
  for (const [index, [name, kind, length]] of members.entries()) {
    const item: unknown = items[index];
    if (item === undefined) break;
    if (!(item instanceof Uint8Array)) return refuse(`Header member ${name} is a list.`);
    if (kind === 'number') {
      if (item[0] === 0) return refuse(`Header member ${name} has a leading zero.`);
      header[name] = BigInt(`0x0${bytesToHex(item)}`);
    } else if (length === undefined || item.length === length)
      header[name] = `0x${bytesToHex(item)}`;
    else if (index < required || item.length > 0) {
      return refuse(`Header member ${name} has ${item.length} bytes, not ${length}.`);
    }
  }
  return header as unknown as BlockHeader;
}
