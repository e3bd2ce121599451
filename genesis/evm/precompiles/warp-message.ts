import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../../base/hash.js';
import { PrecompileFailure } from './precompile-call.js';

/** Addressed call and hash are the two payloads that the precompile reads. */
export type WarpPayload =
  | { readonly kind: 'call'; readonly sender: Uint8Array; readonly payload: Uint8Array }
  | { readonly kind: 'hash'; readonly hash: Hex };

/** Largest payload in bytes, with its codec version. */
const largestPayload = 24 * 1024;

export interface WarpMessage {
  readonly sourceChain: Hex;
  readonly payload: Uint8Array;
  /** Number of validators whose bit is set. */
  readonly signers: number;
}

/** An unsigned warp message around an addressed call (codec version 0). @throws PrecompileFailure for one above 24 KiB. */
export function encodeAddressedMessage(
  networkId: number,
  blockchainId: Hex,
  sender: Hex,
  data: Uint8Array,
): Uint8Array {
  const call = concatBytes(
    word16(0),
    word32(1),
    withLength(hexToBytes(sender.slice(2))),
    withLength(data),
  );
  if (call.length > largestPayload) throw new PrecompileFailure('payload size');
  return concatBytes(
    word16(0),
    word32(networkId),
    hexToBytes(blockchainId.slice(2)),
    withLength(call),
  );
}

/** Reads a signed warp message with a bit-set signature. @throws PrecompileFailure. */
export function parseWarpMessage(bytes: Uint8Array): WarpMessage {
  const reader = createReader(bytes);
  reader.expect16(0);
  reader.uint32();
  const sourceChain: Hex = `0x${bytesToHex(reader.take(32))}`;
  const payload = reader.bytes();
  if (reader.uint32() !== 0) throw new PrecompileFailure('signature type');
  let signers = 0;
  const bitSet = reader.bytes();
  if (bitSet[0] === 0) throw new PrecompileFailure('padded bit set');
  for (const byte of bitSet) for (let bits = byte; bits > 0; bits &= bits - 1) signers += 1;
  reader.take(96);
  reader.end();
  return { sourceChain, payload, signers };
}

/** Reads a payload. @throws PrecompileFailure. */
export function parseWarpPayload(bytes: Uint8Array): WarpPayload {
  if (bytes.length > largestPayload) throw new PrecompileFailure('payload size');
  const reader = createReader(bytes);
  reader.expect16(0);
  const type = reader.uint32();
  if (type > 1) throw new PrecompileFailure('payload type');
  const payload: WarpPayload =
    type === 0
      ? { kind: 'hash', hash: `0x${bytesToHex(reader.take(32))}` }
      : { kind: 'call', sender: reader.bytes(), payload: reader.bytes() };
  reader.end();
  return payload;
}

/** A predicate's bytes: the chunks up to the last delimiter 0xff, which only zeros follow. @throws PrecompileFailure. */
export function unpackPredicate(chunks: Uint8Array): Uint8Array {
  let end = chunks.length - 1;
  while (end >= 0 && chunks[end] === 0) end -= 1;
  if (end < 0 || chunks[end] !== 0xff || Math.ceil((end + 1) / 32) * 32 !== chunks.length) {
    throw new PrecompileFailure('predicate padding');
  }
  return chunks.subarray(0, end);
}

function createReader(bytes: Uint8Array) {
  let at = 0;
  const take = (length: number) => {
    if (length > bytes.length - at) throw new PrecompileFailure('message is cut short');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const uint32 = () => Number.parseInt(bytesToHex(take(4)), 16);
  return {
    take,
    uint32,
    bytes: () => take(uint32()),
    expect16(value: number) {
      const [high, low] = take(2);
      if (high! * 256 + low! !== value) throw new PrecompileFailure('codec version');
    },
    end() {
      if (at !== bytes.length) throw new PrecompileFailure('bytes left over');
    },
  };
}

function word16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

function word32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

function withLength(bytes: Uint8Array): Uint8Array {
  return concatBytes(word32(bytes.length), bytes);
}
