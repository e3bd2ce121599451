import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.js';

/** A lower-case hexadecimal string with `0x`. */
export type Hex = `0x${string}`;

/** Keccak-256 of bytes, as bytes. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return keccak_256(bytes);
}

/** SHA-256 of bytes or of a text's UTF-8, as `0x` hex. @example sha256('') // '0xe3b0c442…b855' */
export function sha256(data: Uint8Array | string): Hex {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  return `0x${bytesToHex(nobleSha256(bytes))}`;
}

/** SHA-256 of a value's canonical JSON: the identity of plans, manifests and studies. */
export function hashValue(value: unknown): Hex {
  return sha256(canonicalJson(value));
}
