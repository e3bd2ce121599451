import { sha256 } from '@noble/hashes/sha2.js';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/**
 * Avalanche's text form of IDs: base 58 of the bytes followed by the last four bytes of their SHA-256.
 *
 * @example
 * formatCb58(new Uint8Array(32)); // '11111111111111111111111111111111LpoYY'
 */
export function formatCb58(bytes: Uint8Array): string {
  const checked = Uint8Array.of(...bytes, ...sha256(bytes).subarray(28));
  let number = BigInt(`0x${Buffer.from(checked).toString('hex')}`);
  let digits = '';
  for (; number > 0n; number /= 58n) digits = `${ALPHABET[Number(number % 58n)]}${digits}`;
  const zeros = checked.findIndex((byte) => byte !== 0);
  return '1'.repeat(zeros < 0 ? checked.length : zeros) + digits;
}

/**
 * Bytes of an ID in Avalanche's text form.
 *
 * @returns Undefined for text with other characters or a wrong checksum.
 */
export function parseCb58(text: string): Uint8Array | undefined {
  let number = 0n;
  for (const digit of text) {
    const value = ALPHABET.indexOf(digit);
    if (value < 0) return undefined;
    number = number * 58n + BigInt(value);
  }
  const hex = number === 0n ? '' : number.toString(16);
  const zeros = /^1*/.exec(text)![0].length;
  const checked = Buffer.concat([
    Buffer.alloc(zeros),
    Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'),
  ]);
  const bytes = checked.subarray(0, -4);
  return checked.length >= 4 && formatCb58(bytes) === text ? Uint8Array.from(bytes) : undefined;
}
