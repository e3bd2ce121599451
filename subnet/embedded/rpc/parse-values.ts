import type { Hex } from '../../../genesis/base/hash.js';
import { RpcError } from './rpc-error.js';

/** Which block a request speaks of. */
export type BlockReference =
  | { readonly kind: 'tag'; readonly tag: 'latest' | 'pending' | 'earliest' | 'safe' | 'finalized' }
  | { readonly kind: 'number'; readonly number: bigint }
  | { readonly kind: 'hash'; readonly hash: Hex; readonly requireCanonical: boolean };

const tags = ['latest', 'pending', 'earliest', 'safe', 'finalized'] as const;

/**
 * Reads a quantity: `0x` and hex digits without leading zeros, at most 256 bits.
 *
 * @param name The parameter's name, for the message.
 * @throws RpcError -32602 for anything else.
 * @example parseQuantity('0x10', 'gas') // 16n
 */
export function parseQuantity(value: unknown, name: string): bigint {
  if (typeof value === 'string' && /^0x(0|[1-9a-fA-F][0-9a-fA-F]{0,63})$/.test(value)) {
    return BigInt(value);
  }
  throw invalid(value, name, 'a quantity such as "0x1f", at most 64 hex digits, no leading zeros');
}

/** Reads bytes in hex, of `length` bytes when given. @throws RpcError -32602. @example parseBytes('0x00ff', 'data') // '0x00ff' */
export function parseBytes(value: unknown, name: string, length?: number): Hex {
  const fits =
    typeof value === 'string' &&
    /^0x([0-9a-fA-F]{2})*$/.test(value) &&
    (length === undefined || value.length === 2 + 2 * length);
  if (fits) return value.toLowerCase() as Hex;
  throw invalid(value, name, length === undefined ? 'hex bytes "0x…"' : `${length} hex bytes`);
}

/** Reads a 20-byte address. @throws RpcError -32602. */
export function parseAddress(value: unknown, name: string): Hex {
  return parseBytes(value, name, 20);
}

/**
 * Reads a block number, a tag, or an EIP-1898 object `{ blockNumber }` or `{ blockHash, requireCanonical }`.
 * Absent means `latest`.
 *
 * @throws RpcError -32602 for unknown tags, both members at once, or unknown members.
 */
export function parseBlockReference(value: unknown, name = 'block'): BlockReference {
  if (value === undefined || value === null) return { kind: 'tag', tag: 'latest' };
  if (typeof value === 'string') {
    const tag = tags.find((known) => known === value);
    return tag === undefined
      ? { kind: 'number', number: parseQuantity(value, `${name} (${tags.join(', ')} or number)`) }
      : { kind: 'tag', tag };
  }
  if (typeof value === 'object' && !Array.isArray(value)) {
    const {
      blockHash,
      blockNumber,
      requireCanonical = false,
      ...rest
    } = value as Record<string, unknown>;
    const one = (blockHash === undefined) !== (blockNumber === undefined);
    if (one && Object.keys(rest).length === 0 && typeof requireCanonical === 'boolean') {
      return blockHash === undefined
        ? { kind: 'number', number: parseQuantity(blockNumber, `${name}.blockNumber`) }
        : { kind: 'hash', hash: parseBytes(blockHash, `${name}.blockHash`, 32), requireCanonical };
    }
  }
  throw invalid(value, name, 'a tag, a number, or an object with either blockHash or blockNumber');
}

function invalid(value: unknown, name: string, allowed: string): RpcError {
  const shown = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 100);
  return new RpcError('invalidParams', `invalid ${name}: got ${shown}, want ${allowed}`);
}
