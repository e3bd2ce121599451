import type { Hex } from './hash.js';

const digits = new TextEncoder().encode('0123456789abcdef');
const ascii = new TextDecoder();
let scratch = new Uint8Array(4096);

/**
 * Bytes as lower-case hexadecimal digits with `0x`. The string is flat: one that is put together digit by digit holds a
 * node of 32 bytes for each of them for as long as it lives.
 *
 * @example formatHex(Uint8Array.of(1, 255)) // '0x01ff'
 */
export function formatHex(bytes: Uint8Array): Hex {
  const length = 2 + 2 * bytes.length;
  if (scratch.length < length) scratch = new Uint8Array(2 * length);
  const text = scratch;
  text[0] = 48;
  text[1] = 120;
  for (let index = 0, at = 2; index < bytes.length; index += 1, at += 2) {
    const byte = bytes[index]!;
    text[at] = digits[byte >> 4]!;
    text[at + 1] = digits[byte & 15]!;
  }
  return ascii.decode(text.subarray(0, length)) as Hex;
}
