import type { Hex } from '../base/hash.js';
import type { GenesisHeader } from '../compile/hash-genesis.js';

/** Hashing and key recovery are arguments: pure JavaScript by default, native ones are several times faster. */
export interface EvmCrypto {
  keccak256(bytes: Uint8Array): Uint8Array;
  /** Uncompressed public key (64 bytes) of who signed. @throws when the signature has no key. */
  recoverPublicKey(hash: Uint8Array, signature: Uint8Array, recovery: 0 | 1): Uint8Array;
}

/** A header of any block; members that the block's rules do not know are undefined. */
export type BlockHeader = GenesisHeader;

/** A log as receipts hold it. */
export interface Log {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** What came of one transaction. Gas in units, price in wei per gas. */
export interface Receipt {
  readonly transactionHash: Hex;
  readonly type: number;
  readonly from: Hex;
  readonly to: Hex | undefined;
  readonly status: 0 | 1;
  readonly gasUsed: bigint;
  readonly cumulativeGasUsed: bigint;
  readonly effectiveGasPrice: bigint;
  readonly contractAddress: Hex | undefined;
  readonly logs: readonly Log[];
  /** What the call returned, or the revert data. */
  readonly returnValue: Uint8Array;
  /** The EVM's word for what went wrong, e.g. `revert`. */
  readonly error: string | undefined;
  /** Wei by which all balances together grew (minted) or shrank (destroyed). */
  readonly supplyChange: bigint;
  /** Contracts that its SELFDESTRUCTs removed, with what they still held. */
  readonly destroyed: readonly Hex[];
}

/** Coins that an upgrade gave or took, without a transaction. */
export interface UpgradeEffect {
  /** `disabled`: what a precompile's account held goes with it. */
  readonly cause: 'initialMint' | 'balanceChange' | 'disabled';
  readonly address: Hex;
  /** Wei; negative for what is gone. */
  readonly amount: bigint;
}

/** Which rules hold at a time. */
export interface Rules {
  readonly subnetEVM: boolean;
  readonly durango: boolean;
  readonly etna: boolean;
  readonly granite: boolean;
}
