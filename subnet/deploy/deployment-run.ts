import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { Journal } from '../journal/journal.js';
import type { DeploymentChain, DeploymentSigner } from './deployment-chain.js';
import type { DeploymentStep } from './deployment-step.js';

/** How long a transaction is waited for, counted in looks at the chain (`DeploymentChain.pause` lies between). */
export interface Patience {
  /** Looks before the run gives up and can be resumed. */
  readonly looks: number;
  /** Every so many looks the pool is asked for the transaction, which is sent again when it is gone, and the base fee is read. */
  readonly checkEvery: number;
  /** Looks after which a transaction that could be mined is taken as too cheap; doubled after each replacement. */
  readonly replaceAfter: number;
  /** Looks for which a used nonce without a receipt is taken as a receipt that is late. */
  readonly receiptLag: number;
}

/** Half a minute for each transaction, when looks are 50 ms apart. */
export const defaultPatience: Patience = {
  looks: 600,
  checkEvery: 40,
  replaceAfter: 200,
  receiptLag: 100,
};

/** Everything that a running deployment needs; handed from function to function. */
export interface DeploymentRun {
  readonly planHash: Hex;
  readonly chainId: number;
  readonly genesisHash: Hex;
  readonly steps: readonly DeploymentStep[];
  readonly chain: DeploymentChain;
  /** The one deployer. */
  readonly deployer: Hex;
  /** Signers of every account that a step is sent from. */
  readonly signers: readonly DeploymentSigner[];
  readonly journal: Journal;
  /** No transaction offers more than this, wei per gas; replacements stay below it too. */
  readonly maxFeePerGas: bigint;
  readonly patience?: Patience | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?:
    | ((step: DeploymentStep, index: number, outcome: 'sent' | 'found') => void)
    | undefined;
}

/** @throws ToolkitError `DEPLOY_INTERRUPTED` after Ctrl-C. */
export function stopWhenInterrupted({ signal, steps }: DeploymentRun, step: DeploymentStep): void {
  if (signal?.aborted !== true) return;
  throw new ToolkitError({
    code: 'DEPLOY_INTERRUPTED',
    message: `Stopped at step ${steps.indexOf(step) + 1} of ${steps.length} (${step.id}).`,
    next: 'Run the same command again, or masa deploy resume; it continues here.',
  });
}
