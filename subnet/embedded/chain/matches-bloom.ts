import type { Hex } from '../../../genesis/base/hash.js';

/** Where a value's three bits stand in the hexadecimal digits of a bloom, and what they are within their digits. */
export type BloomBits = readonly (readonly [place: number, bit: number])[];

/** The bits that an address or a topic sets in a block's bloom (Yellow Paper, section 4.4.3). */
export function bloomBits(value: Uint8Array, keccak: (bytes: Uint8Array) => Uint8Array): BloomBits {
  const hash = keccak(value);
  return [0, 2, 4].map((at) => {
    const bit = ((hash[at]! << 8) | hash[at + 1]!) & 2047;
    return [2 + 511 - (bit >> 2), 1 << (bit & 3)] as const;
  });
}

/** Whether a bloom may hold a value; when it says no, the value is not there. */
export function matchesBloom(bloom: Hex, bits: BloomBits): boolean {
  return bits.every(([place, bit]) => {
    const code = bloom.charCodeAt(place);
    return ((code < 58 ? code - 48 : code - 87) & bit) !== 0;
  });
}
