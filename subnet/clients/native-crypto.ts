import { createRequire } from 'node:module';
import { secp256k1 as noble } from '@noble/curves/secp256k1.js';
import { createKeccak } from 'hash-wasm';
import { keccak256 } from '../../genesis/base/hash.js';

/** What `genesis/evm` wants as its crypto argument, and what it is made of. */
export interface NativeCrypto {
  keccak256(bytes: Uint8Array): Uint8Array;
  /** Uncompressed public key (64 bytes) of who signed. @throws when the signature has no key. */
  recoverPublicKey(hash: Uint8Array, signature: Uint8Array, recovery: 0 | 1): Uint8Array;
  /** Which implementations were found, for diagnostics. */
  readonly uses: { readonly hash: 'wasm' | 'noble'; readonly recovery: 'native' | 'noble' };
}

/**
 * The fastest hashing and key recovery that this machine offers: hash-wasm's Keccak and the native secp256k1,
 * with pure JavaScript in the place of what cannot be loaded. All of them give the same bytes.
 */
export async function loadNativeCrypto(): Promise<NativeCrypto> {
  const hash = await loadHash();
  const recovery = loadRecovery();
  return {
    keccak256: hash ?? keccak256,
    recoverPublicKey: recovery ?? recoverWithNoble,
    uses: {
      hash: hash === undefined ? 'noble' : 'wasm',
      recovery: recovery === undefined ? 'noble' : 'native',
    },
  };
}

/** Key recovery in pure JavaScript. @throws when the signature has no key. */
export function recoverWithNoble(
  hash: Uint8Array,
  signature: Uint8Array,
  recovery: 0 | 1,
): Uint8Array {
  const point = noble.Signature.fromBytes(signature, 'compact')
    .addRecoveryBit(recovery)
    .recoverPublicKey(hash);
  return point.toBytes(false).slice(1);
}

async function loadHash(): Promise<NativeCrypto['keccak256'] | undefined> {
  try {
    const hasher = await createKeccak(256);
    return (bytes) => hasher.init().update(bytes).digest('binary');
  } catch {
    return undefined;
  }
}

function loadRecovery(): NativeCrypto['recoverPublicKey'] | undefined {
  try {
    // The bindings entry, not the package's own: that one falls back to a slower library without a word.
    const native = createRequire(import.meta.url)('secp256k1/bindings') as {
      ecdsaRecover(s: Uint8Array, r: number, hash: Uint8Array, compressed: boolean): Uint8Array;
    };
    return (hash, signature, recovery) =>
      native.ecdsaRecover(signature, recovery, hash, false).slice(1);
  } catch {
    return undefined;
  }
}
