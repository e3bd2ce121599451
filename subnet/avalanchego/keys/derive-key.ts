import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { ToolkitError } from '../../../genesis/base/errors.js';

/**
 * Derives 32 secret bytes for one purpose from the seed of a throw-away network, so that a whole
 * network (node identities, funding keys, subnet and chain IDs) is the same in every run.
 *
 * `sha256("masa-local-node/v1" || 0x00 || seed || 0x00 || label || 0x00 || attempt)`; the attempt
 * counts up until the number lies in `[1, order)`, which in practice is the first one.
 *
 * @throws ToolkitError NODE_KEY_ORDER for an order far below 2^256, which no curve in use has.
 * @example
 * deriveKey('any words', 'node/0/bls', 1n << 256n); // the same 32 bytes every time
 */
export function deriveKey(seed: string, label: string, order: bigint): Uint8Array {
  for (let attempt = 0; attempt < 256; attempt += 1) {
    const bytes = sha256(
      concatBytes(
        utf8ToBytes('masa-local-node/v1\0'),
        utf8ToBytes(`${seed}\0`),
        utf8ToBytes(`${label}\0`),
        Uint8Array.of(attempt),
      ),
    );
    const number = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
    if (number > 0n && number < order) return bytes;
  }
  throw new ToolkitError({
    code: 'NODE_KEY_ORDER',
    message: `No key below ${order} came up in 256 attempts.`,
    allowed: 'the order of a curve, near 2^256',
  });
}
