import type { Hex } from '../../genesis/base/hash.js';
import type { JournalRecord } from './record.js';

export interface StepState {
  readonly status: 'intended' | 'confirmed' | 'failed' | 'found';
  readonly hash?: Hex;
  readonly raw?: Hex;
  readonly nonce?: number;
  readonly blockNumber?: number;
  readonly gasUsed?: number;
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
    switch (message.kind) {
      case 'started': {
        const { kind: _, ...rest } = message;
        identity = rest;
        finished = false;
        break;
      }
      case 'intended':
        steps[message.step] = {
          status: 'intended',
          hash: message.hash,
          raw: message.raw,
          nonce: message.nonce,
        };
        break;
      case 'confirmed':
        steps[message.step] = {
          ...steps[message.step],
          status: 'confirmed',
          hash: message.hash,
          blockNumber: message.blockNumber,
          gasUsed: message.gasUsed,
        };
        break;
      case 'failed':
        steps[message.step] = { ...steps[message.step], status: 'failed' };
        break;
      case 'found':
        // A step found done on the chain keeps what the journal knows of its transaction.
        steps[message.step] =
          steps[message.step]?.status === 'confirmed'
            ? steps[message.step]!
            : { ...steps[message.step], status: 'found' };
        break;
      case 'finished':
        finished = true;
    }
  }
  return { ...(identity !== undefined && { identity }), steps, finished };
}
