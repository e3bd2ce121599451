import type { Hex } from '../../genesis/base/hash.js';
import type { JournalMessage, JournalRecord } from './record.js';

/** A signed transaction of a step. */
export interface StepAttempt {
  readonly nonce: number;
  readonly hash: Hex;
  readonly raw: Hex;
  readonly gas: bigint;
  /** Wei per gas. */
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

export interface StepState {
  readonly status: 'intended' | 'confirmed' | 'failed' | 'displaced' | 'found';
  /** Of the transaction that was mined, else of the newest one that was signed. */
  readonly hash?: Hex;
  readonly raw?: Hex;
  readonly nonce?: number;
  readonly blockNumber?: number;
  readonly gasUsed?: number;
  /** Transactions with the newest nonce, of which the chain takes one; oldest first. Empty when a new nonce is needed. */
  readonly attempts: readonly StepAttempt[];
}

/** What a journal says about a deployment. */
export interface DeploymentState {
  readonly identity?: { planHash: Hex; genesisHash: Hex; chainId: number; deployer: Hex };
  readonly steps: Readonly<Record<string, StepState>>;
  readonly finished: boolean;
}

/** Folds a journal's records into the state of the deployment; a pure view. */
export function reduceDeployment(records: readonly JournalRecord[]): DeploymentState {
  const steps: Record<string, StepState> = {};
  let identity: DeploymentState['identity'];
  let finished = false;
  for (const { message } of records) {
    if (message.kind === 'started') {
      const { kind: _, ...rest } = message;
      identity = rest;
      finished = false;
    } else if (message.kind === 'finished') {
      finished = true;
    } else {
      steps[message.step] = reduceStep(steps[message.step], message);
    }
  }
  return { ...(identity !== undefined && { identity }), steps, finished };
}

function reduceStep(
  before: StepState | undefined,
  message: Exclude<JournalMessage, { kind: 'started' | 'finished' }>,
): StepState {
  const known = before ?? { attempts: [] };
  switch (message.kind) {
    case 'intended': {
      const { nonce, hash, raw, gas, maxFeePerGas, maxPriorityFeePerGas } = message;
      const attempt: StepAttempt = {
        nonce,
        hash,
        raw,
        gas: BigInt(gas ?? 0),
        maxFeePerGas: BigInt(maxFeePerGas ?? 0),
        maxPriorityFeePerGas: BigInt(maxPriorityFeePerGas ?? 0),
      };
      const earlier = known.attempts.filter((one) => one.nonce === nonce);
      return { status: 'intended', hash, raw, nonce, attempts: [...earlier, attempt] };
    }
    case 'confirmed': {
      const { hash, blockNumber, gasUsed } = message;
      return { ...known, status: 'confirmed', hash, blockNumber, gasUsed };
    }
    case 'failed':
      return { ...known, status: 'failed', attempts: [] };
    case 'displaced':
      return { ...known, status: 'displaced', attempts: [] };
    case 'found':
      // Done, but by none of these transactions, as far as the chain says.
      return { status: 'found', attempts: known.attempts };
  }
}
