import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import { warp } from '../precompiles/warp.js';
import type { SignedTransaction } from './transaction.js';

/** By transaction hash and precompile address, a set of bits of the predicates that failed. */
export type PredicateResults = ReadonlyMap<Hex, ReadonlyMap<Hex, bigint>>;

/** What follows the fee window when no transaction carries a predicate: codec version and an empty map. */
const emptyPredicateResults = '000000000000';

/** The results as they stand in extra data, in hexadecimal digits without `0x`: sorted by transaction, then by address. */
export function formatPredicateResults(results: PredicateResults): string {
  const uint32 = (value: number) => value.toString(16).padStart(8, '0');
  const sorted = <V>(map: ReadonlyMap<Hex, V>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  const ofTransaction = ([hash, byAddress]: [Hex, ReadonlyMap<Hex, bigint>]) =>
    `${hash.slice(2)}${uint32(byAddress.size)}${sorted(byAddress).map(ofPrecompile).join('')}`;
  const ofPrecompile = ([address, failed]: [Hex, bigint]) => {
    const digits = failed === 0n ? '' : failed.toString(16);
    const bits = digits.padStart(digits.length + (digits.length % 2), '0');
    return `${address.slice(2)}${uint32(bits.length / 2)}${bits}`;
  };
  return `0000${uint32(results.size)}${sorted(results).map(ofTransaction).join('')}`;
}

/** What a header must say of its transactions, with the bits that it states: one entry for each that carries predicates. */
export function resultsOf(
  transactions: readonly Pick<SignedTransaction, 'hash' | 'accessList'>[],
  stated: PredicateResults,
  warpActive: boolean,
): PredicateResults {
  const results = new Map<Hex, ReadonlyMap<Hex, bigint>>();
  for (const { hash, accessList } of warpActive ? transactions : []) {
    const carried = accessList.filter(({ address }) => address === warp.address).length;
    const failed = stated.get(hash)?.get(warp.address) ?? 0n;
    if (carried > 0) results.set(hash, new Map([[warp.address, BigInt.asUintN(carried, failed)]]));
  }
  return results;
}

/**
 * Reads the predicate results in a header's extra data: codec version (2 bytes), count, then per transaction its hash,
 * count, and per precompile its address, length and bit set.
 *
 * @throws ToolkitError `BLOCK_EXTRA_DATA`.
 */
export function parsePredicateResults(extraData: Hex, from: number): PredicateResults {
  const digits = extraData.slice(2 + 2 * from);
  if (digits === '' || digits === emptyPredicateResults) return new Map();
  let at = 0;
  const take = (bytes: number) => {
    const part = digits.slice(at, at + 2 * bytes);
    if (part.length !== 2 * bytes) {
      throw new ToolkitError({
        code: 'BLOCK_EXTRA_DATA',
        message: `Predicate results ${digits} are cut short.`,
      });
    }
    at += 2 * bytes;
    return part;
  };
  const count = () => Number.parseInt(take(4), 16);
  take(2);
  const results = new Map<Hex, Map<Hex, bigint>>();
  for (let left = count(); left > 0; left -= 1) {
    const hash: Hex = `0x${take(32)}`;
    const byAddress = new Map<Hex, bigint>();
    for (let more = count(); more > 0; more -= 1) {
      const address: Hex = `0x${take(20)}`;
      byAddress.set(address, BigInt(`0x0${take(count())}`));
    }
    results.set(hash, byAddress);
  }
  return results;
}
