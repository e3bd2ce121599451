import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Hex, keccak256 } from '../../base/hash.js';
import { PrecompileFailure } from './precompile-call.js';

/** First four bytes of a function signature's hash. @example selectorOf('setAdmin(address)') // '0x704b6c02' */
export function selectorOf(signature: string): Hex {
  return topicOf(signature).slice(0, 10) as Hex;
}

/** Hash of an event's signature: its first topic. */
export function topicOf(signature: string): Hex {
  return `0x${bytesToHex(keccak256(utf8ToBytes(signature)))}`;
}

/** The n-th 32-byte word of the arguments. @throws PrecompileFailure when the input is too short. */
export function wordAt(input: Uint8Array, index: number): Hex {
  if (input.length < 32 * (index + 1)) throw new PrecompileFailure('input too short');
  return `0x${bytesToHex(input.subarray(32 * index, 32 * index + 32))}`;
}

/** An address argument; like the node, its upper twelve bytes are not looked at. */
export function addressAt(input: Uint8Array, index: number): Hex {
  return `0x${wordAt(input, index).slice(26)}`;
}

/** A dynamic `bytes` argument. */
export function bytesAt(input: Uint8Array, index: number): Uint8Array {
  const offset = BigInt(wordAt(input, index));
  if (offset + 32n > BigInt(input.length)) throw new PrecompileFailure('offset out of range');
  const start = Number(offset) + 32;
  const length = BigInt(`0x${bytesToHex(input.subarray(start - 32, start))}`);
  if (length > BigInt(input.length - start)) throw new PrecompileFailure('length out of range');
  return input.subarray(start, start + Number(length));
}

/** A `bytes` value as an ABI tail: length and content, padded to words. */
export function encodeBytesTail(bytes: Uint8Array): string {
  const digits = bytesToHex(bytes);
  return (
    bytes.length.toString(16).padStart(64, '0') +
    digits.padEnd(Math.ceil(bytes.length / 32) * 64, '0')
  );
}
