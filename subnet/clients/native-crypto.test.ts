import { hexToBytes, recoverPublicKey } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { keccak256 } from '../../genesis/base/hash.js';
import { loadNativeCrypto, recoverWithNoble } from './native-crypto.js';

describe('loadNativeCrypto', () => {
  it('hashes like the pure implementation, also when results are kept', async () => {
    const crypto = await loadNativeCrypto();
    const inputs = [0, 1, 135, 136, 137, 1000].map((size) => new Uint8Array(size).fill(size));
    const hashes = inputs.map((input) => crypto.keccak256(input));
    expect(hashes).toEqual(inputs.map((input) => keccak256(input)));
  });

  it('recovers what viem recovers, natively and in pure JavaScript', async () => {
    const crypto = await loadNativeCrypto();
    for (let index = 1; index <= 8; index += 1) {
      const account = privateKeyToAccount(`0x${index.toString(16).padStart(64, '0')}`);
      const hash = keccak256(new Uint8Array([index]));
      const signature = hexToBytes(
        await account.sign({ hash: `0x${Buffer.from(hash).toString('hex')}` }),
      );
      const recovery = (signature[64]! - 27) as 0 | 1;
      const expected = hexToBytes(await recoverPublicKey({ hash, signature })).slice(1);
      const compact = signature.slice(0, 64);
      expect(Buffer.from(crypto.recoverPublicKey(hash, compact, recovery))).toEqual(
        Buffer.from(expected),
      );
      expect(Buffer.from(recoverWithNoble(hash, compact, recovery))).toEqual(Buffer.from(expected));
    }
  });

  it('refuses a signature without a key', async () => {
    const crypto = await loadNativeCrypto();
    const zero = new Uint8Array(64);
    expect(() => crypto.recoverPublicKey(new Uint8Array(32), zero, 0)).toThrow();
    expect(() => recoverWithNoble(new Uint8Array(32), zero, 0)).toThrow();
  });
});
