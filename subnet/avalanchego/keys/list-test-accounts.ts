import { bytesToHex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import type { Hex } from '../../../genesis/base/hash.js';

/** Everybody knows this phrase; it is for chains on one's own machine only. */
export const PUBLIC_TEST_PHRASE = 'test test test test test test test test test test test junk';

export interface TestAccount {
  /** Last part of the path `m/44'/60'/0'/0/index`. */
  readonly index: number;
  /** Lower case. */
  readonly address: Hex;
  readonly privateKey: Hex;
}

/**
 * The first accounts of the public test phrase, to which the local overlays give their roles.
 *
 * @example listTestAccounts(1)[0]?.address // '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266'
 */
export function listTestAccounts(count = 20): readonly TestAccount[] {
  const parent = mnemonicToAccount(PUBLIC_TEST_PHRASE, { path: "m/44'/60'/0'/0" }).getHdKey();
  return Array.from({ length: count }, (_, index) => {
    const privateKey = bytesToHex(parent.deriveChild(index).privateKey!);
    const { address } = mnemonicToAccount(PUBLIC_TEST_PHRASE, { addressIndex: index });
    return { index, address: address.toLowerCase() as Hex, privateKey };
  });
}
