import type { Hex } from '../base/hash.js';
import type { FeeConfig } from '../precompiles/fee-config.js';
import type { Activation, PrecompileKey } from '../precompiles/precompile.js';

/** A network whose upgrade schedule is known. */
export type NetworkName = 'local' | 'fuji' | 'mainnet';

/** Avalanche network upgrades in the order in which they may activate. */
export const upgradeNames = [
  'subnetEVM',
  'durango',
  'etna',
  'fortuna',
  'granite',
  'helicon',
] as const;
export type UpgradeName = (typeof upgradeNames)[number];

/** Activation times in Unix seconds; absent means never. */
export type UpgradeTimes = { readonly [N in UpgradeName]?: bigint | undefined };

/** Ethereum forks by block number, in the order that the node checks. */
export const forkBlockNames = [
  'homesteadBlock',
  'daoForkBlock',
  'eip150Block',
  'eip155Block',
  'eip158Block',
  'byzantiumBlock',
  'constantinopleBlock',
  'petersburgBlock',
  'istanbulBlock',
  'muirGlacierBlock',
  'berlinBlock',
  'londonBlock',
  'arrowGlacierBlock',
  'grayGlacierBlock',
  'mergeNetsplitBlock',
] as const;
/** Ethereum forks by time. */
export const forkTimeNames = ['shanghaiTime', 'cancunTime', 'pragueTime', 'verkleTime'] as const;
export type ForkName = (typeof forkBlockNames)[number] | (typeof forkTimeNames)[number];
export type Forks = { readonly [N in ForkName]?: bigint | undefined };

/** A precompile switched on or off by upgrade.json. */
export interface PrecompileUpgrade {
  readonly key: PrecompileKey;
  readonly config: Activation;
}

/** A change of accounts by upgrade.json. */
export interface StateUpgrade {
  readonly blockTimestamp?: bigint | undefined;
  readonly accounts?: ReadonlyMap<string, StateUpgradeAccount | undefined> | undefined;
}

interface StateUpgradeAccount {
  readonly code?: Hex | undefined;
  readonly storage?: ReadonlyMap<string, Hex | undefined> | undefined;
  /** Wei added; a negative number wraps. */
  readonly balanceChange?: bigint | undefined;
}

/** The chain configuration after defaults and overrides. */
export interface GenesisConfig {
  /** Absent when the file has none: such a chain has a genesis hash but its node cannot start. */
  readonly chainId?: bigint | undefined;
  readonly forks: Forks;
  readonly upgrades: UpgradeTimes;
  readonly feeConfig: FeeConfig;
  readonly allowFeeRecipients: boolean;
  readonly precompiles: ReadonlyMap<PrecompileKey, Activation>;
  readonly precompileUpgrades: readonly PrecompileUpgrade[];
  readonly stateUpgrades: readonly StateUpgrade[];
}

/** One account of the allocation. */
export interface GenesisAccount {
  /** Wei, as the node keeps it: below 2^256 (a negative balance in the file wraps). */
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Hex;
  /** Words by slot, both 32 bytes; zero words are what the file says but are not stored. */
  readonly storage: ReadonlyMap<Hex, Hex>;
}

/** A genesis file as Subnet-EVM understands it. */
export interface ParsedGenesis {
  readonly network: NetworkName;
  readonly config: GenesisConfig;
  readonly nonce: bigint;
  readonly timestamp: bigint;
  readonly extraData: Hex;
  readonly gasLimit: bigint;
  readonly difficulty: bigint;
  readonly mixHash: Hex;
  readonly coinbase: Hex;
  /** By lower-case address. */
  readonly alloc: ReadonlyMap<Hex, GenesisAccount>;
  readonly number: bigint;
  readonly gasUsed: bigint;
  readonly parentHash: Hex;
  readonly baseFeePerGas?: bigint | undefined;
  readonly excessBlobGas?: bigint | undefined;
  readonly blobGasUsed?: bigint | undefined;
}
