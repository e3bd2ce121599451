import type { Hex } from '../base/hash.js';

export interface EvidenceAccount {
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly codeHash: Hex;
  readonly storageHash: Hex;
}

/**
 * What an audit asks of a chain. Answers are claims: the audit recomputes every hash and never takes one claim as the
 * proof of another. Implemented over JSON-RPC and over a saved bundle.
 */
export interface EvidenceSource {
  /** For messages: a URL or a path. */
  readonly name: string;
  chainId(): Promise<number>;
  /** Number and hash of the last block when the audit starts; it stays with this block. */
  head(): Promise<{ readonly number: number; readonly hash: Hex }>;
  /** Canonical RLP of a block: header, transactions, uncles. */
  rawBlock(number: number): Promise<Hex>;
  /** Receipts as the node reports them, in the order of the transactions. */
  receipts(number: number): Promise<readonly ReportedReceipt[]>;
  code(address: Hex, block: number): Promise<Hex>;
  /** An account as the node's proof states it at a block. */
  account(address: Hex, block: number): Promise<EvidenceAccount>;
  call(to: Hex, data: Hex, block: number): Promise<Hex>;
}

/** The parts of a receipt that its hash commits to. */
export interface ReportedReceipt {
  readonly transactionHash: Hex;
  readonly status: 0 | 1;
  readonly cumulativeGasUsed: bigint;
  readonly logs: readonly {
    readonly address: Hex;
    readonly topics: readonly Hex[];
    readonly data: Hex;
  }[];
}
