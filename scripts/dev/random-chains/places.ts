import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { type Hex, keccak256 } from '../../../genesis/base/hash.js';

const address = (secret: Uint8Array): Hex =>
  `0x${bytesToHex(keccak256(secp256k1.getPublicKey(secret, false).subarray(1)).subarray(12))}`;

/** Who signs, in every chain. */
export const people = Array.from({ length: 6 }, (_, index) => {
  const secret = hexToBytes((index + 1).toString(16).padStart(64, '7'));
  return { secret, address: address(secret) };
});

export const stateful: readonly Hex[] = Array.from(
  { length: 6 },
  (_, index): Hex =>
    `0x02000000000000000000000000000000000000${index.toString(16).padStart(2, '0')}`,
);
export const ordinary: readonly Hex[] = [
  ...Array.from({ length: 11 }, (_, index) => index + 1),
  0x100,
].map((index): Hex => `0x${index.toString(16).padStart(40, '0')}`);
/** Contracts of block 0 with random programs. */
export const contracts: readonly Hex[] = Array.from(
  { length: 8 },
  (_, index): Hex =>
    `0xc0de0000000000000000000000000000000000${index.toString(16).padStart(2, '0')}`,
);
/** Accounts that nobody signs for: some are empty in block 0, some do not exist. */
export const strangers: readonly Hex[] = Array.from(
  { length: 6 },
  (_, index): Hex =>
    `0x5711000000000000000000000000000000000${(index + 1).toString(16).padStart(3, '0')}`,
);
export const blackhole: Hex = '0x0100000000000000000000000000000000000000';
export const beaconRoots: Hex = '0x000f3df6d732807ef1319fb7b8bb8522d0beac02';
export const everywhere: readonly Hex[] = [
  ...people.map((one) => one.address),
  ...stateful,
  ...ordinary,
  ...contracts,
  ...contracts,
  ...contracts,
  ...strangers,
  blackhole,
];
