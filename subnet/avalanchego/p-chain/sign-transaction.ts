import { secp256k1, type UnsignedTx } from '@avalabs/avalanchejs';
import { sha256 } from '@noble/hashes/sha2.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { formatCb58 } from '../keys/cb58.js';

/** A P-Chain transaction ready to be sent; `id` is known before that and can be recorded. */
export interface SignedTransaction {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/**
 * Signs every slot of every credential with one key. avalanchejs' own `addTxSignatures` signs the
 * inputs only and leaves the subnet's authorisation empty, which the node refuses.
 *
 * @throws ToolkitError NODE_TRANSACTION_UNSIGNED when an input belongs to another key.
 */
export async function signTransaction(
  unsigned: UnsignedTx,
  secretKey: Uint8Array,
): Promise<SignedTransaction> {
  const signature = await secp256k1.sign(unsigned.toBytes(), secretKey);
  unsigned.getCredentials().forEach((credential, index) => {
    credential.getSignatures().forEach((_, slot) => {
      unsigned.addSignatureAt(signature, index, slot);
    });
  });
  if (!unsigned.hasAllSignatures()) {
    throw new ToolkitError({
      code: 'NODE_TRANSACTION_UNSIGNED',
      message: 'A P-Chain transaction spends coins of a key that is not at hand.',
    });
  }
  const bytes = unsigned.getSignedTx().toBytes();
  return { id: formatCb58(sha256(bytes)), bytes };
}
