import type { Hex } from '../base/hash.js';

/** A number as a 32-byte storage word, cut to its low 256 bits. @example numberWord(2n) // '0x00…02' */
export function numberWord(value: bigint): Hex {
  return `0x${BigInt.asUintN(256, value).toString(16).padStart(64, '0')}`;
}

/** An address, right-aligned in a storage word. */
export function addressWord(address: Hex): Hex {
  return `0x${address.slice(2).toLowerCase().padStart(64, '0')}`;
}

/** ASCII text, left-aligned in a storage word. @example textWord('lca') // '0x6c6361000…' */
export function textWord(text: string): Hex {
  const digits = [...text].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return `0x${digits.padEnd(64, '0')}`;
}
