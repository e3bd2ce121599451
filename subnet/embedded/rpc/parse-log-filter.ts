import { hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { type BloomBits, bloomBits } from '../chain/matches-bloom.js';
import type { RpcLog } from './format-receipt.js';
import { parseObject } from './parse-message.js';
import { parseAddress, parseBytes } from './parse-values.js';
import { RpcError } from './rpc-error.js';

/** Which logs a client wants, without the blocks. */
export interface LogFilter {
  /** Empty for every address. */
  readonly addresses: ReadonlySet<Hex>;
  /** By position; an empty set takes every topic. */
  readonly topics: readonly ReadonlySet<Hex>[];
  /** Of each condition, its values' bits in a block's bloom: a block without any of them has no such log. */
  readonly bits: readonly (readonly BloomBits[])[];
}

/** Reads `address` and `topics` of a filter. @throws RpcError -32602. */
export function parseLogFilter(
  value: unknown,
  keccak: (bytes: Uint8Array) => Uint8Array,
): LogFilter {
  const { address, topics } = parseObject(value ?? {}, 'filter');
  const list = (item: unknown): readonly unknown[] =>
    item === undefined || item === null ? [] : Array.isArray(item) ? item : [item];
  const positions = list(topics);
  if (positions.length > 4) throw new RpcError('invalidParams', 'a filter has at most 4 topics');
  const addresses = new Set(list(address).map((one) => parseAddress(one, 'address')));
  const wanted = positions.map(
    (position) => new Set(list(position).map((one) => parseBytes(one, 'topic', 32))),
  );
  return {
    addresses,
    topics: wanted,
    bits: [addresses, ...wanted]
      .filter((values) => values.size > 0)
      .map((values) => [...values].map((one) => bloomBits(hexToBytes(one.slice(2)), keccak))),
  };
}

/** Whether a filter wants a log. */
export function matchesLog({ addresses, topics }: LogFilter, log: RpcLog): boolean {
  if (addresses.size > 0 && !addresses.has(log.address)) return false;
  return topics.every(
    (wanted, index) =>
      index < log.topics.length && (wanted.size === 0 || wanted.has(log.topics[index]!)),
  );
}
