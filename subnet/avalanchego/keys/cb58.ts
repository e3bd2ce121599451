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
