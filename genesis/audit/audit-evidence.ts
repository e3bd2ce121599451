import type { Hex } from '../base/hash.js';
import type { GenesisBlock } from '../compile/hash-genesis.js';
import type { ParsedGenesis } from '../compile/parsed-genesis.js';
import type { ChainBlock } from '../evm/chain-block.js';
import type { Engine } from '../evm/engine.js';
import type { EvmCrypto } from '../evm/types.js';
import type { DeploymentManifest } from './deployment-manifest.js';
import type { EvidenceSource } from './evidence-source.js';

/** Everything that the checks look at. */
export interface AuditEvidence {
  readonly manifest: DeploymentManifest;
  readonly genesisText: string;
  readonly genesis: ParsedGenesis;
  /** Block 0, computed from the genesis file. */
  readonly blockZero: GenesisBlock;
  readonly source: EvidenceSource;
  /** More nodes of the same chain, whose settings must be the same. */
  readonly otherNodes: readonly EvidenceSource[];
  /** What the plan gives, when the audit was handed one. */
  readonly expected: ExpectedGenesis | undefined;
  /** The chain's last block when the audit began. */
  readonly head: { readonly number: number; readonly hash: Hex };
  /** Blocks executed again, block 0 first; as far as they follow from one another. */
  readonly blocks: readonly ChainBlock[];
  /** Why the replay ended before the head. */
  readonly broken: { readonly block: number; readonly message: string } | undefined;
  readonly crypto: EvmCrypto;
  /** Answers calls over the replayed state. */
  readonly engine: Engine;
  /** A contract compiled from the committed sources; undefined for a name without sources. */
  rebuild(name: string): Promise<RebuiltContract | undefined>;
}

/** What a plan compiles to. */
export interface ExpectedGenesis {
  readonly planHash: Hex;
  /** Bytes of the genesis file. */
  readonly genesisText: string;
  /** All coins of block 0, in wei. */
  readonly supply: bigint;
}

/** A contract compiled again. */
export interface RebuiltContract {
  readonly creationCode: Hex;
  /** How it was compiled; absent for published bytes that have no sources. */
  readonly build?: {
    readonly compiler: string;
    readonly evmVersion: string;
    readonly optimizerRuns: number;
    readonly sources: readonly string[];
  };
}
