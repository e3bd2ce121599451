import type { Hex } from '../../genesis/base/hash.js';
import type { DeploymentState, StepState } from '../journal/reduce-deployment.js';
import type { DeploymentChain } from './deployment-chain.js';
import { type PrepareDeploymentParameters, prepareDeployment } from './prepare-deployment.js';
import { verifyStep } from './verify-step.js';

export interface StepProgress {
  readonly step: string;
  readonly journal: StepState['status'] | 'not begun';
  /** `waiting`: signed and sent, not yet mined. */
  readonly chain: 'done' | 'waiting' | 'open';
  readonly transaction: Hex | undefined;
  /** Transactions that were signed for the nonce of this step; more than one when it was replaced. */
  readonly attempts: number;
  /** Blocks from the one with the transaction to the newest, both counted. */
  readonly confirmations: number | undefined;
}

export interface DeploymentProgress {
  readonly head: number;
  readonly steps: readonly StepProgress[];
  /** Open steps times the mean time between the last blocks; absent when all are done. */
  readonly secondsLeft: number | undefined;
}

/** Over how many blocks the time of a block is averaged. */
const blocksAveraged = 20;

/**
 * How far a deployment has come, read from journal and chain.
 *
 * @throws ToolkitError what `prepareDeployment` throws.
 */
export async function readProgress(
  chain: DeploymentChain,
  parameters: PrepareDeploymentParameters,
  state: DeploymentState,
): Promise<DeploymentProgress> {
  const { planned } = await prepareDeployment(chain, parameters);
  const head = await chain.block('latest');
  const steps: StepProgress[] = [];
  for (const step of planned.steps) {
    const { status, hash, attempts } = state.steps[step.id] ?? { attempts: [] };
    const receipt = hash === undefined ? undefined : await chain.receipt(hash);
    const mined = receipt !== undefined;
    const done = await verifyStep(chain, step);
    const waiting = !done && !mined && hash !== undefined && (await chain.knows(hash));
    steps.push({
      step: step.id,
      journal: status ?? 'not begun',
      chain: done ? 'done' : waiting ? 'waiting' : 'open',
      transaction: hash,
      attempts: attempts.length,
      confirmations: mined ? head.number - receipt.blockNumber + 1 : undefined,
    });
  }
  const open = steps.filter((step) => step.chain !== 'done').length;
  return {
    head: head.number,
    steps,
    secondsLeft: open === 0 ? undefined : Math.ceil(open * (await secondsPerBlock(chain, head))),
  };
}

async function secondsPerBlock(
  chain: DeploymentChain,
  head: { readonly number: number; readonly timestamp: number },
): Promise<number> {
  // Block 0 has the time of the plan, not of its making.
  const first = Math.max(1, head.number - blocksAveraged);
  if (first >= head.number) return 0;
  const { timestamp } = await chain.block(first);
  return (head.timestamp - timestamp) / (head.number - first);
}
