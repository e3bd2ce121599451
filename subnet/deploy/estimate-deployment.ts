import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { DeploymentChain } from './deployment-chain.js';
import type { DeploymentStep } from './deployment-step.js';
import { verifyStep } from './verify-step.js';

export interface StepEstimate {
  readonly step: DeploymentStep;
  /** Whether the chain has what the step is for; then it costs nothing. */
  readonly done: boolean;
  /** Gas that the transaction will use. */
  readonly gas: bigint;
  /** `node`: estimated by the node; `typical`: an earlier step must be mined before a node can. */
  readonly gasFrom: 'node' | 'typical' | 'none';
  /** Wei for gas at the fee of this moment. */
  readonly cost: bigint;
}

export interface AccountEstimate {
  readonly address: Hex;
  readonly balance: bigint;
  /** Wei that it must have before the first step: what it sends and pays for gas, less what earlier steps bring it. */
  readonly needed: bigint;
  readonly missing: bigint;
}

export interface DeploymentEstimate {
  readonly steps: readonly StepEstimate[];
  readonly accounts: readonly AccountEstimate[];
  /** Base fee and tip of this moment, wei per gas. */
  readonly feePerGas: bigint;
  readonly gas: bigint;
  readonly cost: bigint;
}

/** What the open steps of a deployment will use and cost, and whether every sender has enough for it. Reads only. */
export async function estimateDeployment(
  chain: DeploymentChain,
  steps: readonly DeploymentStep[],
): Promise<DeploymentEstimate> {
  const { baseFeePerGas, maxPriorityFeePerGas } = await chain.fees();
  const feePerGas = baseFeePerGas + maxPriorityFeePerGas;
  const estimates: StepEstimate[] = [];
  for (const step of steps) {
    const done = await verifyStep(chain, step);
    const [gas, gasFrom] = done ? ([0n, 'none'] as const) : await estimateGas(chain, step);
    estimates.push({ step, done, gas, gasFrom, cost: gas * feePerGas });
  }
  const senders = [...new Set(steps.map(({ from }) => from))];
  const accounts: AccountEstimate[] = [];
  for (const address of senders) {
    const balance = await chain.balance(address);
    const needed = neededBy(address, estimates);
    accounts.push({ address, balance, needed, missing: needed > balance ? needed - balance : 0n });
  }
  return {
    steps: estimates,
    accounts,
    feePerGas,
    gas: estimates.reduce((sum, { gas }) => sum + gas, 0n),
    cost: estimates.reduce((sum, { cost }) => sum + cost, 0n),
  };
}

/** @throws ToolkitError `DEPLOY_UNFUNDED` when a sender has too little for everything that is still to be sent. */
export function verifyFunded({ accounts }: DeploymentEstimate): void {
  const poor = accounts.filter(({ missing }) => missing > 0n);
  if (poor.length === 0) return;
  throw new ToolkitError({
    code: 'DEPLOY_UNFUNDED',
    message: poor
      .map(
        ({ address, balance, needed, missing }) =>
          `${address} holds ${balance} wei and needs ${needed} wei for the open steps: ${missing} wei are missing.`,
      )
      .join(' '),
    where: poor[0]!.address,
    allowed: poor.map(({ address, needed }) => `${address}: at least ${needed} wei`).join(', '),
    next: 'Fund it in the plan (allocation) or by a transfer, then run again; nothing was sent. --dry-run shows the cost of each step.',
  });
}

async function estimateGas(
  chain: DeploymentChain,
  { from, to, data, value, typicalGas }: DeploymentStep,
): Promise<readonly [bigint, 'node' | 'typical']> {
  // A call to a contract that an earlier step makes would be estimated as a plain transfer.
  const early = to !== undefined && data !== '0x' && (await chain.code(to)) === '0x';
  if (early && typicalGas !== undefined) return [typicalGas, 'typical'];
  try {
    return [await chain.estimateGas({ from, to, data, value }), 'node'];
  } catch (error) {
    const refused = error instanceof ToolkitError && error.code === 'RPC_REFUSED';
    if (refused && typicalGas !== undefined) return [typicalGas, 'typical'];
    throw error;
  }
}

/** The deepest point of the account's balance, counted from zero, over all open steps in order. */
function neededBy(address: Hex, estimates: readonly StepEstimate[]): bigint {
  const own = address.toLowerCase();
  let balance = 0n;
  let lowest = 0n;
  for (const { step, done, cost } of estimates) {
    if (done) continue;
    if (step.from.toLowerCase() === own) balance -= step.value + cost;
    if (balance < lowest) lowest = balance;
    if (step.to?.toLowerCase() === own) balance += step.value;
  }
  return -lowest;
}
