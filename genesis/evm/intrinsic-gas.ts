import { concatBytes } from '@noble/hashes/utils.js';
import { warp } from '../precompiles/warp.js';
import { predicateGas } from './precompiles/warp-functions.js';
import type { SignedTransaction } from './transaction.js';
import type { Rules } from './types.js';

/**
 * Gas that a transaction uses before any code runs: 21,000, 32,000 more to create, 4 and 16 per zero and other byte of
 * data, 2 per word of init code since Durango, 2,400 and 1,900 per address and slot of the access list; an entry that is
 * a warp predicate costs its verification instead.
 *
 * @throws PrecompileFailure for a malformed predicate.
 */
export function intrinsicGas(
  { to, data, accessList }: Pick<SignedTransaction, 'to' | 'data' | 'accessList'>,
  rules: Rules,
  warpActive: boolean,
): bigint {
  let gas = 21_000n;
  let zeros = 0;
  for (const byte of data) if (byte === 0) zeros += 1;
  gas += BigInt(4 * zeros + 16 * (data.length - zeros));
  if (to === undefined) {
    gas += 32_000n;
    if (rules.durango) gas += 2n * BigInt(Math.ceil(data.length / 32));
  }
  for (const { address, slots } of accessList) {
    if (warpActive && address === warp.address)
      gas += predicateGas(concatBytes(...slots), rules.granite);
    else gas += 2_400n + 1_900n * BigInt(slots.length);
  }
  return gas;
}
