import type { Hex } from '../base/hash.js';

export interface EvidenceAccount {
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly codeHash: Hex;
  readonly storageHash: Hex;
  /** Nodes of the state trie from the root to the account. */
  readonly accountProof: readonly Hex[];
}

/**
 * What an audit asks of a chain. Answers are claims: the audit recomputes every hash and never takes one claim as the
 * proof of another. Implemented over JSON-RPC by `subnet/evidence`.
 */
export interface EvidenceSource {
  /** For messages: a URL or a path. */
  readonly name: string;
  chainId(): Promise<number>;
  /** Number and hash of the last block now. */
  head(): Promise<{ readonly number: number; readonly hash: Hex }>;
  /** Canonical RLP of a block: header, transactions, uncles. */
  rawBlock(number: number): Promise<Hex>;
  /** Receipts as the node reports them, in the order of the transactions. */
  receipts(number: number): Promise<readonly ReportedReceipt[]>;
  code(address: Hex, block: number): Promise<Hex>;
  /** An account as the node's proof states it at a block. */
  account(address: Hex, block: number): Promise<EvidenceAccount>;
  /** Genesis configuration and upgrades that the node runs with, as it prints them. */
  chainConfig(): Promise<unknown>;
  /** Forks and precompiles that the node says are on at a time. */
  activeRules(timestamp: bigint): Promise<ReportedRules>;
}

interface Place {
  readonly blockHash: Hex;
  readonly blockNumber: bigint;
  readonly transactionHash: Hex;
  readonly transactionIndex: bigint;
}

/** A receipt as JSON-RPC shows it. */
export interface ReportedReceipt extends Place {
  readonly type: bigint;
  readonly from: Hex;
  readonly to: Hex | undefined;
  readonly contractAddress: Hex | undefined;
  readonly status: 0 | 1;
  readonly gasUsed: bigint;
  readonly cumulativeGasUsed: bigint;
  readonly effectiveGasPrice: bigint;
  readonly logsBloom: Hex;
  readonly logs: readonly ReportedLog[];
}

export interface ReportedLog extends Place {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly logIndex: bigint;
  /** Not every node states it. */
  readonly blockTimestamp: bigint | undefined;
  readonly removed: boolean;
}

export interface ReportedRules {
  /** Names of the forks that are on, e.g. `IsGranite`. */
  readonly forks: ReadonlyMap<string, boolean>;
  /** Since when each precompile is on, in seconds, by its key in the configuration. */
  readonly precompiles: ReadonlyMap<string, bigint>;
}
