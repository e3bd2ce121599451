import type { Hex } from '../../genesis/base/hash.js';

export interface DeploymentReceipt {
  readonly status: 'success' | 'reverted';
  readonly blockNumber: number;
  readonly gasUsed: number;
}

export interface DeploymentBlock {
  readonly number: number;
  readonly hash: Hex;
  readonly stateRoot: Hex;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly gasLimit: bigint;
}

/** What a transaction should offer now, in wei per gas. */
export interface DeploymentFees {
  /** Of the newest block. */
  readonly baseFeePerGas: bigint;
  /** Twice the base fee and the tip, so that six full blocks do not make the transaction too cheap. */
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

/**
 * What a node said to a signed transaction. It is a hint only: what became of the transaction is read from receipts and
 * nonces, since an answer may be lost, late or wrong.
 */
export type SendOutcome =
  /** In the pool or in a block; also "already known". */
  | 'accepted'
  /** A transaction with this nonce was mined: this one or another. */
  | 'nonce-used'
  /** Not taken: less than the base fee, or too little more than another one with the same nonce. */
  | 'underpriced'
  /** No answer: it may have arrived or not. */
  | 'unanswered';

/** What a deployment asks of a chain; `connectDeployment` builds it over RPC, tests over anything. */
export interface DeploymentChain {
  chainId(): Promise<number>;
  block(at: number | 'latest'): Promise<DeploymentBlock>;
  balance(address: Hex): Promise<bigint>;
  code(address: Hex): Promise<Hex>;
  call(to: Hex, data: Hex): Promise<Hex>;
  /** Logs of a contract from block 0 on. */
  logs(address: Hex, from: number, to: number): Promise<readonly DeploymentLog[]>;
  /** Number of mined transactions of an account; with `pending` those in the node's pool are counted too. */
  nonce(address: Hex, tag?: 'latest' | 'pending'): Promise<number>;
  estimateGas(transaction: {
    from: Hex;
    /** Absent: the data is creation code. */
    to?: Hex | undefined;
    data: Hex;
    value: bigint;
  }): Promise<bigint>;
  fees(): Promise<DeploymentFees>;
  send(raw: Hex): Promise<SendOutcome>;
  /** Whether the node has the transaction, waiting or mined. */
  knows(hash: Hex): Promise<boolean>;
  receipt(hash: Hex): Promise<DeploymentReceipt | undefined>;
  /** Lets time pass until the next look at a receipt. */
  pause(): Promise<void>;
}

export interface DeploymentLog {
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: number;
}

/** Signs transactions of one account. */
export interface DeploymentSigner {
  readonly address: Hex;
  sign(transaction: {
    chainId: number;
    nonce: number;
    to?: Hex | undefined;
    data: Hex;
    value: bigint;
    gas: bigint;
    maxFeePerGas: bigint;
    maxPriorityFeePerGas: bigint;
  }): Promise<Hex>;
}
