/** What differs between AvalancheGo versions, as data. */
export interface VersionProfile {
  /** Release tag. */
  readonly version: string;
  /** Commit the tag points to; the binary reports it. */
  readonly commit: string;
  /** RPCChainVM protocol number: node and plugin must have the same. */
  readonly rpcChainVm: number;
  /** Lowest Go version that builds it. */
  readonly minimumGo: string;
  /** Keys of the upgrade file, all of which are always written. */
  readonly upgradeTimes: readonly string[];
  /** Network upgrades that are not active from the start on a custom network without an upgrade file. */
  readonly unscheduledByDefault: readonly string[];
  /** Keys of a Subnet-EVM chain config that hold activation times of network upgrades. */
  readonly chainUpgradeKeys: readonly string[];
  /** Members of a genesis' `config` that this version knows beyond the common ones. */
  readonly chainConfigKeys: readonly string[];
  /** Flags that this version knows beyond the common ones. */
  readonly flags: readonly string[];
  /** Whether it was built and run here, or is known from its release notes only. */
  readonly tried: boolean;
}

const UPGRADE_TIMES = [
  'apricotPhase1Time',
  'apricotPhase2Time',
  'apricotPhase3Time',
  'apricotPhase4Time',
  'apricotPhase5Time',
  'apricotPhasePre6Time',
  'apricotPhase6Time',
  'apricotPhasePost6Time',
  'banffTime',
  'cortinaTime',
  'durangoTime',
  'etnaTime',
  'fortunaTime',
  'graniteTime',
  'heliconTime',
] as const;

const CHAIN_UPGRADE_KEYS = [
  'subnetEVMTimestamp',
  'durangoTimestamp',
  'etnaTimestamp',
  'fortunaTimestamp',
  'graniteTimestamp',
  'heliconTimestamp',
] as const;

/** The baseline, which `node/go.mod` pins. */
export const V1_14_2: VersionProfile = {
  version: 'v1.14.2',
  commit: '6e5acf909c7a16b991142d6b3979bac5699bdb68',
  rpcChainVm: 45,
  minimumGo: '1.25.8',
  upgradeTimes: UPGRADE_TIMES,
  unscheduledByDefault: ['heliconTime'],
  chainUpgradeKeys: CHAIN_UPGRADE_KEYS,
  chainConfigKeys: [],
  flags: [],
  tried: true,
};

/**
 * The next one: Helicon is active from the start on custom networks, and a genesis may set the first block delay. Its C-Chain
 * no longer serves `admin`, `warp` and `personal`; L1s on Subnet-EVM still do.
 */
export const V1_15_1: VersionProfile = {
  version: 'v1.15.1',
  commit: '',
  rpcChainVm: 46,
  minimumGo: '1.26.8',
  upgradeTimes: UPGRADE_TIMES,
  unscheduledByDefault: [],
  chainUpgradeKeys: CHAIN_UPGRADE_KEYS,
  chainConfigKeys: ['initialMinDelayMS'],
  flags: ['helicon-min-stake-duration'],
  tried: false,
};

/** What upstream recommends for public networks; it speaks another plugin protocol than v1.15.1. */
export const V1_15_3: VersionProfile = {
  ...V1_15_1,
  version: 'v1.15.3',
  rpcChainVm: 47,
  minimumGo: '1.26.10',
};

export const VERSION_PROFILES: readonly VersionProfile[] = [V1_14_2, V1_15_1, V1_15_3];
