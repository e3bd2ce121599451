import { bls12_381 } from '@noble/curves/bls12-381.js';

const PROOF_OF_POSSESSION_DOMAIN = 'BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';

/** Number of elements of the scalar field: a valid secret key lies in `[1, order)`. */
export const BLS_ORDER: bigint = bls12_381.fields.Fr.ORDER;

export interface BlsIdentity {
  /** 48 bytes, compressed point of G1. */
  readonly publicKey: Uint8Array;
  /** 96 bytes, compressed point of G2: the public key signed with its own secret key. */
  readonly proofOfPossession: Uint8Array;
}

/**
 * Public key and proof of possession of a node's BLS key, as the P-Chain wants them.
 *
 * @param secretKey 32 bytes, big-endian, in `[1, order)`: the content of a signer key file.
 */
export function getBlsIdentity(secretKey: Uint8Array): BlsIdentity {
  const scheme = bls12_381.longSignatures;
  const publicKey = scheme.getPublicKey(secretKey).toBytes(true);
  const message = scheme.hash(publicKey, PROOF_OF_POSSESSION_DOMAIN);
  return { publicKey, proofOfPossession: scheme.sign(message, secretKey).toBytes(true) };
}
