import type { z } from 'zod';
import type { Wei } from '../base/amount.js';
import type { economySchema } from './economy-schema.js';

/** A checksummed (EIP-55) address. */
export type Address = `0x${string}`;

type Deep<T> = T extends (infer Item)[]
  ? readonly Deep<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Deep<T[Key]> }
    : T;

/** Behavioural defaults of the simulator. Token amounts in it are quoted decimals (`parseTokens`); meanings, units and ranges: `economy-schema.ts`. */
export type Economy = Deep<z.infer<typeof economySchema>>;

export type Confidence = 'A' | 'B' | 'C' | 'D' | 'X';

/** Where one value comes from. A record, B published by the project, C press, D inference, X nothing found. */
export interface Provenance {
  readonly value: string | number | boolean;
  readonly unit: string;
  readonly source: string;
  readonly confidence: Confidence;
  /** True when the value is a choice of the modeller; shown as *assumed* wherever it appears. */
  readonly assumed: boolean;
  readonly note?: string;
}

/** Fee parameters of the chain, in the order of the fee manager's storage. */
export interface FeeConfig {
  readonly gasLimit: bigint;
  /** Seconds. */
  readonly targetBlockRate: bigint;
  /** Wei per gas. */
  readonly minBaseFee: bigint;
  /** Gas per 10 seconds. */
  readonly targetGas: bigint;
  readonly baseFeeChangeDenominator: bigint;
  readonly minBlockGasCost: bigint;
  readonly maxBlockGasCost: bigint;
  readonly blockGasCostStep: bigint;
}

/** Addresses that start with a role at a precompile. */
export interface PrecompileRoles {
  /** Activation time, seconds; the genesis timestamp. */
  readonly blockTimestamp: number;
  readonly admins: readonly Address[];
  readonly managers: readonly Address[];
  readonly enabled: readonly Address[];
}

export interface ResolvedPrecompiles {
  readonly contractDeployerAllowList?: PrecompileRoles;
  readonly contractNativeMinter?: PrecompileRoles;
  readonly txAllowList?: PrecompileRoles;
  readonly feeManager?: PrecompileRoles;
  /** Where fees go at genesis: a reward address, each validator's own recipient, or (neither) the blackhole. */
  readonly rewardManager?: PrecompileRoles & {
    readonly rewardAddress?: Address;
    readonly allowFeeRecipients?: boolean;
  };
  readonly warp?: {
    readonly blockTimestamp: number;
    /** Percent of stake weight, 33 to 100; 0 is the default of 67. */
    readonly quorumNumerator: number;
    readonly requirePrimaryNetworkSigners: boolean;
  };
}

export interface ResolvedChain {
  readonly chainId: number;
  /** Genesis time, seconds since the epoch; also the TGE and the start of every grant. */
  readonly timestamp: number;
  readonly gasLimit: bigint;
  readonly feeConfig: FeeConfig;
  /** Upgrades set by the plan, seconds; absent ones follow the network. */
  readonly upgrades: {
    readonly durangoTimestamp?: number;
    readonly etnaTimestamp?: number;
    readonly fortunaTimestamp?: number;
    readonly graniteTimestamp?: number;
    readonly heliconTimestamp?: number;
  };
  readonly allowFeeRecipients: boolean;
  readonly precompiles: ResolvedPrecompiles;
}

export interface ResolvedPredeploys {
  readonly feeSplitter?: { readonly address: Address };
  readonly timelock?: {
    readonly address: Address;
    readonly minDelaySeconds: number;
    readonly proposers: readonly Address[];
    readonly executors: readonly Address[];
  };
  readonly wmasa?: { readonly address: Address };
  readonly create2Factory?: { readonly address: Address };
  /** Holds every grant of the plan; `admin` may revoke revocable grants. */
  readonly vestingVault?: { readonly address: Address; readonly admin: Address };
}

export interface ResolvedPayee {
  /** Name in `accounts`. */
  readonly account: string;
  readonly address: Address;
  /** Of the unburned part; all payees together 10,000. */
  readonly basisPoints: number;
}

export interface ResolvedFees {
  readonly mode: 'burn-all' | 'split' | 'validators';
  /** Of the whole fee; 10,000 in mode burn-all, 0 in mode validators. */
  readonly burnBasisPoints: number;
  readonly payees: readonly ResolvedPayee[];
}

/** `lock-then-linear`: nothing, then linear from zero. `cliff`: linear from the start, paid once the lock is over. */
export type VestingMode = 'lock-then-linear' | 'cliff';

/** A vesting grant in the vault, funded at genesis. */
export interface ResolvedGrant {
  readonly id: string;
  readonly label: string;
  /** Id of the bucket in the group. */
  readonly bucket: string;
  /** Name in `accounts`. */
  readonly account: string;
  readonly beneficiary: Address;
  /** Whole amount, of which `tgeAmount` is free at `start`. */
  readonly amount: Wei;
  readonly tgeAmount: Wei;
  /** Seconds since the epoch. */
  readonly start: number;
  readonly lockSeconds: number;
  /** Linear time after the lock; in mode cliff the whole linear time from the start. */
  readonly linearSeconds: number;
  readonly mode: VestingMode;
  readonly revocable: boolean;
}

/** Tokens that an account owns freely in block 0. */
export interface ResolvedLiquid {
  /** Name in `accounts`. */
  readonly account: string;
  readonly address: Address;
  /** Id of the bucket that it is part of. */
  readonly bucket: string;
  readonly amount: Wei;
}

export interface ResolvedBucket {
  readonly id: string;
  readonly label: string;
  readonly amount: Wei;
}

/** Part of the supply. amount = Σ buckets = Σ grants + Σ liquid, exactly. */
export interface ResolvedGroup {
  readonly id: string;
  readonly label: string;
  readonly amount: Wei;
  /** Free at TGE: Σ liquid + Σ tgeAmount of grants. */
  readonly tgeAmount: Wei;
  /** The usual schedule of the group; grants may differ. `liquid` when nothing vests. */
  readonly mode: 'liquid' | VestingMode;
  readonly lockSeconds: number;
  readonly linearSeconds: number;
  /** At least one; a group without stated buckets has one with its own id. */
  readonly buckets: readonly ResolvedBucket[];
  readonly grants: readonly ResolvedGrant[];
  readonly liquid: readonly ResolvedLiquid[];
}

/** Holder staking: reward = amount × rewardMicroPercent / 10^8 for the whole term. */
export interface ResolvedStaking {
  readonly periodSeconds: number;
  readonly cooldownSeconds: number;
  readonly terms: readonly { readonly periods: number; readonly rewardMicroPercent: bigint }[];
  /** Account that funds the rewards, and what it holds freely in block 0. */
  readonly reserveAccount: string;
  readonly reserveAddress: Address;
  readonly reserve: Wei;
  /** Group and bucket from which later rewards come. */
  readonly group: string;
  readonly bucket: string;
}

/** Emission from a bucket: `two-year-halving` pays 2/3 in the first half, 1/3 in the second; `linear` pays evenly; `epoch-budget` pays an even amount at the end of each epoch. */
export interface ResolvedProgramme {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly bucket: string;
  readonly account: string;
  readonly address: Address;
  readonly budget: Wei;
  readonly kind: 'two-year-halving' | 'linear' | 'epoch-budget';
  /** Seconds after genesis. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
  /** Only in kind epoch-budget. */
  readonly epochSeconds?: number;
}

/** The plan with everything filled in, merged, checked and turned into exact numbers: plain data, read by every room. */
export interface ResolvedPlan {
  readonly name: string;
  readonly title: string;
  readonly profile: string;
  readonly overlays: readonly string[];
  readonly token: {
    readonly name: string;
    readonly symbol: string;
    readonly decimals: 18;
    readonly supply: Wei;
  };
  readonly chain: ResolvedChain;
  readonly accounts: Readonly<Record<string, Address>>;
  readonly predeploys: ResolvedPredeploys;
  readonly fees: ResolvedFees;
  readonly allocation: readonly ResolvedGroup[];
  readonly staking?: ResolvedStaking;
  readonly programmes: readonly ResolvedProgramme[];
  readonly economy?: Economy;
  /** By dotted path of the leaf in the plan file. */
  readonly provenance: Readonly<Record<string, Provenance>>;
}
