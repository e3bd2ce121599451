import type { Hex } from '../../genesis/base/hash.js';

export interface DeploymentReceipt {
  readonly status: 'success' | 'reverted';
  readonly blockNumber: number;
  readonly gasUsed: number;
}

/** What a deployment asks of a chain; `connectDeployment` builds it over RPC, tests over anything. */
export interface DeploymentChain {
  chainId(): Promise<number>;
  /** Hash of block 0. */
  genesisHash(): Promise<Hex>;
  blockGasLimit(): Promise<bigint>;
  balance(address: Hex): Promise<bigint>;
  code(address: Hex): Promise<Hex>;
  call(to: Hex, data: Hex): Promise<Hex>;
  /** Number of mined transactions of an account. */
  nonce(address: Hex): Promise<number>;
  estimateGas(transaction: { from: Hex; to: Hex; data: Hex; value: bigint }): Promise<bigint>;
  fees(): Promise<{ maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }>;
  /** Sends a signed transaction; a transaction that the node knows already is not an error. */
  send(raw: Hex): Promise<void>;
  receipt(hash: Hex): Promise<DeploymentReceipt | undefined>;
  /** Lets time pass until the next look at a receipt. */
  pause(): Promise<void>;
}

/** Signs transactions of the one deployer. */
export interface DeploymentSigner {
  readonly address: Hex;
  sign(transaction: {
    chainId: number;
    nonce: number;
    to: Hex;
    data: Hex;
    value: bigint;
    gas: bigint;
    maxFeePerGas: bigint;
    maxPriorityFeePerGas: bigint;
  }): Promise<Hex>;
}
