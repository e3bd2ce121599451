import type { Hex } from '../../../genesis/base/hash.js';

/** A number as JSON-RPC writes it. @example formatQuantity(31n) // '0x1f' */
export function formatQuantity(value: bigint | number): Hex {
  return `0x${value.toString(16)}`;
}
