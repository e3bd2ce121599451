import { keccak256 } from 'viem';
import { ToolkitError } from '../../genesis/base/errors.js';
import { reduceDeployment, type StepAttempt } from '../journal/reduce-deployment.js';
import type { DeploymentChain, SendOutcome } from './deployment-chain.js';
import type { DeploymentRun } from './deployment-run.js';
import type { DeploymentStep } from './deployment-step.js';
import { findSigner } from './find-signer.js';
import { capFees, type TransactionFees } from './raise-fees.js';

/** No transaction of a deployment may need more than this share of a block. */
const largestShareOfBlockPercent = 80n;

/**
 * Signs the first transaction of a step for the account's next nonce, journals it and sends it.
 *
 * @returns undefined when the next nonce is that of an earlier step that the journal has as mined: a reorganisation has undone
 * it, and it is to be sent again before this one.
 * @throws ToolkitError `DEPLOY_UNFUNDED`, `DEPLOY_STEP_TOO_LARGE`, `DEPLOY_FEE_CAP`, `DEPLOY_NONCE_MOVED`.
 */
export async function sendStep(
  run: DeploymentRun,
  step: DeploymentStep,
): Promise<StepAttempt | undefined> {
  const { chain } = run;
  const { from, to, data, value } = step;
  await verifyUseful(chain, step);
  const nonce = await chain.nonce(from);
  if (isUndone(run, step, nonce)) return undefined;
  if (step.nonce !== undefined && step.nonce !== nonce) {
    throw new ToolkitError({
      code: 'DEPLOY_NONCE_MOVED',
      message: `Step ${step.id} was planned for transaction ${step.nonce} of the account, which has sent ${nonce} by now.`,
      where: from,
      next: 'Something else is sending from this account: stop it, then run again.',
    });
  }
  const gas = ((await chain.estimateGas({ from, to, data, value })) * 11n) / 10n;
  const limit = (await chain.block('latest')).gasLimit;
  if (gas * 100n > limit * largestShareOfBlockPercent) {
    throw new ToolkitError({
      code: 'DEPLOY_STEP_TOO_LARGE',
      message: `Step ${step.id} needs ${gas} gas, more than ${largestShareOfBlockPercent} % of the block gas limit ${limit}.`,
      next: 'Raise chain.feeConfig.gasLimit in the plan.',
    });
  }
  const wanted = await chain.fees();
  const fees = capFees(wanted, run.maxFeePerGas);
  if (fees === undefined) throw feeCap(run, step, wanted.baseFeePerGas);
  const balance = await chain.balance(from);
  const affordable = balance < value ? 0n : (balance - value) / gas;
  if (affordable < wanted.baseFeePerGas || affordable === 0n) {
    const needed = value + gas * fees.maxFeePerGas;
    throw new ToolkitError({
      code: 'DEPLOY_UNFUNDED',
      message: `The account holds ${balance} wei; step ${step.id} needs ${needed} wei.`,
      where: from,
      next: 'Fund the account in the plan (allocation) or by a transfer, then run again.',
    });
  }
  return sendAttempt(run, step, { nonce, gas, ...limitFees(fees, affordable) });
}

function isUndone({ journal, steps }: DeploymentRun, step: DeploymentStep, nonce: number): boolean {
  const state = reduceDeployment(journal.records);
  return steps.slice(0, steps.indexOf(step)).some(({ id, from }) => {
    const { status, attempts } = state.steps[id] ?? { attempts: [] };
    const own = from === step.from && attempts.some((attempt) => attempt.nonce === nonce);
    return own && status === 'confirmed';
  });
}

/** Signs and journals a transaction, then sends it; what the node says about it decides nothing. */
export async function sendAttempt(
  run: DeploymentRun,
  step: DeploymentStep,
  unsigned: { readonly nonce: number; readonly gas: bigint } & TransactionFees,
): Promise<StepAttempt & { readonly outcome: SendOutcome }> {
  const { to, data, value } = step;
  const signer = findSigner(run.signers, step);
  const raw = await signer.sign({ chainId: run.chainId, to, data, value, ...unsigned });
  const { nonce, gas, maxFeePerGas, maxPriorityFeePerGas } = unsigned;
  const attempt = { nonce, gas, maxFeePerGas, maxPriorityFeePerGas, raw, hash: keccak256(raw) };
  run.journal.append({
    kind: 'intended',
    step: step.id,
    nonce,
    hash: attempt.hash,
    raw,
    gas: gas.toString(),
    maxFeePerGas: maxFeePerGas.toString(),
    maxPriorityFeePerGas: maxPriorityFeePerGas.toString(),
  });
  return { ...attempt, outcome: await run.chain.send(raw) };
}

/** The error of a chain whose base fee is above what the run may offer. */
export function feeCap(
  run: Pick<DeploymentRun, 'maxFeePerGas'>,
  step: Pick<DeploymentStep, 'id' | 'from'>,
  baseFee: bigint,
): ToolkitError {
  return new ToolkitError({
    code: 'DEPLOY_FEE_CAP',
    message: `Step ${step.id} waits: the base fee is ${baseFee} wei per gas, the highest that may be offered is ${run.maxFeePerGas}.`,
    where: step.from,
    allowed: `a base fee of at most ${run.maxFeePerGas} wei per gas (--max-fee)`,
    next: 'Run again when the chain is quieter, or with a higher --max-fee; a waiting transaction is replaced, never doubled.',
  });
}

function limitFees(fees: TransactionFees, affordable: bigint): TransactionFees {
  if (fees.maxFeePerGas <= affordable) return fees;
  const tip = fees.maxPriorityFeePerGas;
  return { maxFeePerGas: affordable, maxPriorityFeePerGas: tip < affordable ? tip : affordable };
}

/** A payment that cannot reach the balance that it is for would be sent again and again; it is not sent at all. */
async function verifyUseful(
  chain: DeploymentChain,
  { id, to, value, condition }: DeploymentStep,
): Promise<void> {
  const conditions = condition.kind === 'any' ? condition.conditions : [condition];
  for (const one of conditions) {
    if (one.kind !== 'balance' || one.address.toLowerCase() !== to?.toLowerCase()) continue;
    const balance = await chain.balance(one.address);
    if (balance + value >= one.minimum) continue;
    throw new ToolkitError({
      code: 'DEPLOY_UNFUNDED',
      message: `The account holds ${balance} wei; with the ${value} wei of step ${id} it has ${one.minimum - balance - value} wei too little for what it pays next.`,
      where: to,
      next: 'Something of it was spent: transfer what is missing to the account, then run again.',
    });
  }
}
