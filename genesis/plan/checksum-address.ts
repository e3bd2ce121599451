import { keccak256 } from '../base/hash.js';
import type { Address } from './resolved-plan.js';

/**
 * Writes an address with its EIP-55 checksum.
 *
 * @param address 0x and 40 hexadecimal digits in any case.
 * @example checksumAddress('0x4e59b44847b379578588920ca78fbf26c0b4956c') // '0x4e59b44847b379578588920cA78FbF26c0B4956C'
 */
export function checksumAddress(address: string): Address {
  const digits = address.slice(2).toLowerCase();
  const hash = keccak256(new TextEncoder().encode(digits));
  let text = '0x';
  for (const [index, digit] of [...digits].entries()) {
    const nibble = (hash[index >> 1]! >> (index % 2 === 0 ? 4 : 0)) & 15;
    text += nibble >= 8 ? digit.toUpperCase() : digit;
  }
  return text as Address;
}

/** Whether mixed-case text carries the right checksum; one case throughout carries none and is accepted. */
export function isAddressText(address: string): boolean {
  const digits = address.slice(2);
  if (digits === digits.toLowerCase() || digits === digits.toUpperCase()) return true;
  return checksumAddress(address) === address;
}
