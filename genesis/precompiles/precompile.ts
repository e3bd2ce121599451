import type { Hex } from '../base/hash.js';
import type { FeeConfig } from './fee-config.js';
import type { JsonNode } from './json/json-node.js';
import type { Violation } from './violation.js';

/** Keys of the precompile configurations, in the order of their addresses. */
export type PrecompileKey =
  | 'contractDeployerAllowListConfig'
  | 'contractNativeMinterConfig'
  | 'txAllowListConfig'
  | 'feeManagerConfig'
  | 'rewardManagerConfig'
  | 'warpConfig';

/** When a precompile is switched on or off; without a time it never is. */
export interface Activation {
  /** Unix seconds. */
  readonly blockTimestamp?: bigint | undefined;
  readonly disable?: boolean | undefined;
}

/** What the chain's own configuration tells a precompile. */
export interface PrecompileChain {
  readonly feeConfig: FeeConfig;
  readonly allowFeeRecipients: boolean;
  isDurango(timestamp: bigint): boolean;
}

/** Where a precompile writes when it is activated. */
export interface PrecompileState {
  /** Sets one storage slot of the precompile's own account; a zero value is not stored. */
  setStorage(slot: Hex, value: Hex): void;
  addBalance(address: Hex, amount: bigint): void;
}

/** One stateful precompile of Subnet-EVM. */
export interface Precompile<C extends Activation = Activation> {
  readonly key: PrecompileKey;
  readonly address: Hex;
  /** For people. */
  readonly title: string;
  /** Names of the configuration's members, for the lint. */
  readonly fields: readonly string[];
  /** Reads the JSON configuration as Subnet-EVM does. */
  decode(...parameters: [node: JsonNode, current: undefined, path: string]): C | undefined;
  /** The first rule that the configuration breaks. */
  verify(config: C, chain: PrecompileChain): Violation | undefined;
  /** Writes what activation writes: storage of the precompile's account and balances. */
  configure(config: C, chain: PrecompileChain, state: PrecompileState): void;
  readonly abi: readonly string[];
}
