import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Derives 32 secret bytes for one purpose from the seed of a throw-away network, so that a whole
 * network (node identities, funding keys, subnet and chain IDs) is the same in every run.
 *
 * `sha256("masa-local-node/v1" || 0x00 || seed || 0x00 || label || 0x00 || attempt)`; the attempt
 * counts up until the number lies in `[1, order)`, which in practice is the first one.
 *
 * @example
 * deriveKey('any words', 'node/0/bls', 1n << 256n); // the same 32 bytes every time
 */
export function deriveKey(seed: string, label: string, order: bigint): Uint8Array {
  for (let attempt = 0; ; attempt += 1) {
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
}
