import type { Hex } from '../../base/hash.js';
import type { Rules } from '../types.js';

/** What a stateful precompile may do with the state. */
export interface PrecompileAccess {
  getStorage(address: Hex, slot: Hex): Hex;
  setStorage(address: Hex, slot: Hex, value: Hex): void;
  addBalance(address: Hex, amount: bigint): Promise<void>;
}

/** A call that reached a stateful precompile. */
export interface PrecompileCall {
  readonly address: Hex;
  readonly caller: Hex;
  /** Without the selector. */
  readonly input: Uint8Array;
  readonly readOnly: boolean;
  readonly rules: Rules;
  readonly blockNumber: bigint;
  readonly state: PrecompileAccess;
  /** Takes gas. @throws PrecompileFailure when there is not enough. */
  charge(gas: bigint): void;
  log(topics: readonly Hex[], data: Hex): void;
  readonly network: NetworkIdentity;
  /** Predicates that this transaction's access list carries for the precompile, in order; undefined where verification failed. */
  readonly predicates: readonly Predicate[];
}

/** Which network and chain warp messages name. */
export interface NetworkIdentity {
  readonly networkId: number;
  readonly blockchainId: Hex;
}

export interface Predicate {
  /** As the access list holds it: 32-byte chunks. */
  readonly bytes: Uint8Array;
  readonly valid: boolean;
}

/** A function of a precompile: returns its output, or throws `PrecompileFailure`, which takes all gas that was given. */
export type PrecompileFunction = (call: PrecompileCall) => Hex | Promise<Hex>;

/** Why a call failed; it never leaves the EVM, where it becomes a failed frame. */
export class PrecompileFailure extends Error {
  override readonly name = 'PrecompileFailure';
}

/** Gas prices that all stateful precompiles share. */
export const gasPrices = {
  writeSlot: 20_000n,
  readSlot: 5_000n,
  log: 375n,
  logTopic: 375n,
  logByte: 8n,
} as const;
