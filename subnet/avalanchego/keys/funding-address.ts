import { secp256k1, utils } from '@avalabs/avalanchejs';

/**
 * The address of a secp256k1 key on a custom network.
 *
 * @example formatFundingAddress('P', key) // 'P-custom18jma8ppw3nhx5r4ap8clazz0dps7rv5u9xde7p'
 */
export function formatFundingAddress(chain: 'P' | 'X', secretKey: Uint8Array): string {
  const publicKey = secp256k1.getPublicKey(secretKey);
  return utils.format(chain, 'custom', secp256k1.publicKeyBytesToAddress(publicKey));
}
