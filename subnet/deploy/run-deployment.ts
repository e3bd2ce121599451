import { keccak256 } from 'viem';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { Journal } from '../journal/journal.js';
import { type DeploymentState, reduceDeployment } from '../journal/reduce-deployment.js';
import type { DeploymentChain, DeploymentReceipt, DeploymentSigner } from './deployment-chain.js';
import type { DeploymentStep } from './deployment-step.js';
import { verifyChain } from './verify-chain.js';
import { verifyStep } from './verify-step.js';

export interface RunDeploymentParameters {
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
  readonly signal?: AbortSignal | undefined;
  readonly onStep?:
    | ((step: DeploymentStep, index: number, outcome: 'sent' | 'found') => void)
    | undefined;
}

export interface RunDeploymentResult {
  /** Transactions sent by this call; 0 when everything was there already. */
  readonly sent: number;
  readonly state: DeploymentState;
}

/** No transaction of a deployment may need more than this share of a block. */
const largestShareOfBlockPercent = 80n;
/** How often a receipt is looked for before the run gives up and can be resumed. */
const patience = 600;

/**
 * Brings a chain to the state that the steps describe, one transaction after the other. Each step is looked for on the
 * chain first; intent and signed bytes are in the journal before a transaction leaves, so that a run that was killed
 * anywhere continues and never sends a step twice.
 *
 * @throws ToolkitError `DEPLOY_WRONG_CHAIN`, `DEPLOY_OTHER_PLAN`, `DEPLOY_UNFUNDED`, `DEPLOY_STEP_TOO_LARGE`,
 * `DEPLOY_REVERTED`, `DEPLOY_NO_SIGNER`, `DEPLOY_NOT_MINED`, `DEPLOY_CONDITION_NOT_MET`, `DEPLOY_INTERRUPTED`.
 */
export async function runDeployment(
  parameters: RunDeploymentParameters,
): Promise<RunDeploymentResult> {
  const { steps, chain, journal } = parameters;
  await verifyChain(chain, parameters);
  verifyJournal(parameters);
  for (const step of steps) findSigner(parameters, step);
  if (reduceDeployment(journal.records).identity === undefined) {
    const { planHash, genesisHash, chainId } = parameters;
    journal.append({
      kind: 'started',
      planHash,
      genesisHash,
      chainId,
      deployer: parameters.deployer,
    });
  }
  let sent = 0;
  for (const [index, step] of steps.entries()) {
    stopWhenInterrupted(parameters, step);
    const before = reduceDeployment(journal.records).steps[step.id];
    if (before?.status === 'intended') {
      await settleIntent(parameters, step, before.hash!, before.raw!, before.nonce!);
    }
    if (await verifyStep(chain, step)) {
      const known = reduceDeployment(journal.records).steps[step.id]?.status;
      if (known !== 'confirmed' && known !== 'found') {
        journal.append({
          kind: 'found',
          step: step.id,
          detail: 'its condition holds on the chain',
        });
      }
      parameters.onStep?.(step, index, 'found');
      continue;
    }
    await sendStep(parameters, step);
    sent += 1;
    parameters.onStep?.(step, index, 'sent');
  }
  if (!reduceDeployment(journal.records).finished) journal.append({ kind: 'finished' });
  return { sent, state: reduceDeployment(journal.records) };
}

function verifyJournal({ genesisHash, planHash, journal }: RunDeploymentParameters): void {
  const identity = reduceDeployment(journal.records).identity;
  if (
    identity !== undefined &&
    (identity.planHash !== planHash || identity.genesisHash !== genesisHash)
  ) {
    throw new ToolkitError({
      code: 'DEPLOY_OTHER_PLAN',
      message: `The journal belongs to plan ${identity.planHash} on genesis ${identity.genesisHash}, not to plan ${planHash} on ${genesisHash}.`,
      next: 'Choose another --out folder for another deployment, or move this one away.',
      exitCode: 2,
    });
  }
}

/** Finds out what became of a transaction that was signed before the process ended. */
async function settleIntent(
  parameters: RunDeploymentParameters,
  step: DeploymentStep,
  hash: Hex,
  raw: Hex,
  nonce: number,
): Promise<void> {
  const { chain } = parameters;
  const receipt = await chain.receipt(hash);
  if (receipt !== undefined) return record(parameters, step, hash, receipt);
  // A nonce that is used up by another transaction makes this one void; the condition decides what is left to do.
  if ((await chain.nonce(step.from)) > nonce) return;
  await chain.send(raw);
  await record(parameters, step, hash, await awaitReceipt(parameters, step, hash));
}

async function sendStep(parameters: RunDeploymentParameters, step: DeploymentStep): Promise<void> {
  const { chain, journal } = parameters;
  const { from, to, data, value } = step;
  const signer = findSigner(parameters, step);
  await verifyUseful(chain, step);
  const { maxFeePerGas, maxPriorityFeePerGas } = await chain.fees();
  const gas = ((await chain.estimateGas({ from, to, data, value })) * 11n) / 10n;
  const limit = await chain.blockGasLimit();
  if (gas * 100n > limit * largestShareOfBlockPercent) {
    throw new ToolkitError({
      code: 'DEPLOY_STEP_TOO_LARGE',
      message: `Step ${step.id} needs ${gas} gas, more than ${largestShareOfBlockPercent} % of the block gas limit ${limit}.`,
      next: 'Raise chain.feeConfig.gasLimit in the plan.',
    });
  }
  const balance = await chain.balance(from);
  if (balance < value + gas * maxFeePerGas) {
    throw new ToolkitError({
      code: 'DEPLOY_UNFUNDED',
      message: `The account holds ${balance} wei; step ${step.id} needs ${value + gas * maxFeePerGas} wei.`,
      where: from,
      next: 'Fund the account in the plan (allocation) or by a transfer, then run again.',
    });
  }
  const nonce = await chain.nonce(from);
  const raw = await signer.sign({
    chainId: parameters.chainId,
    nonce,
    to,
    data,
    value,
    gas,
    maxFeePerGas,
    maxPriorityFeePerGas,
  });
  const hash = keccak256(raw);
  journal.append({ kind: 'intended', step: step.id, nonce, hash, raw });
  await chain.send(raw);
  await record(parameters, step, hash, await awaitReceipt(parameters, step, hash));
  if (!(await verifyStep(chain, step))) {
    throw new ToolkitError({
      code: 'DEPLOY_CONDITION_NOT_MET',
      message: `Step ${step.id} was mined but did not bring about what it is for.`,
      where: `transaction ${hash}`,
      next: 'Look at the transaction with debug_traceTransaction; nothing further was sent.',
    });
  }
}

/** A payment that cannot reach the balance that it is for would be sent again and again; it is not sent at all. */
async function verifyUseful(
  chain: DeploymentChain,
  { id, to, value, condition }: DeploymentStep,
): Promise<void> {
  const conditions = condition.kind === 'any' ? condition.conditions : [condition];
  for (const one of conditions) {
    if (one.kind !== 'balance' || one.address.toLowerCase() !== to.toLowerCase()) continue;
    const balance = await chain.balance(to);
    if (balance + value >= one.minimum) continue;
    throw new ToolkitError({
      code: 'DEPLOY_UNFUNDED',
      message: `The account holds ${balance} wei; with the ${value} wei of step ${id} it has ${one.minimum - balance - value} wei too little for what it pays next.`,
      where: to,
      next: 'Something of it was spent: transfer what is missing to the account, then run again.',
    });
  }
}

function findSigner(
  { signers }: RunDeploymentParameters,
  { id, from }: DeploymentStep,
): DeploymentSigner {
  const signer = signers.find(({ address }) => address.toLowerCase() === from.toLowerCase());
  if (signer !== undefined) return signer;
  throw new ToolkitError({
    code: 'DEPLOY_NO_SIGNER',
    message: `Step ${id} is sent from an account whose key was not given.`,
    where: from,
    allowed:
      signers.length === 0
        ? undefined
        : `keys were given for ${signers.map(({ address }) => address).join(', ')}`,
    next: 'Give its key with --key-file. Test keys are used by themselves only with a local overlay and a chain on this machine.',
    exitCode: 2,
  });
}

function stopWhenInterrupted(
  { signal, steps }: RunDeploymentParameters,
  step: DeploymentStep,
): void {
  if (signal?.aborted !== true) return;
  throw new ToolkitError({
    code: 'DEPLOY_INTERRUPTED',
    message: `Stopped at step ${steps.indexOf(step) + 1} of ${steps.length} (${step.id}).`,
    next: 'Run the same command again, or masa deploy resume; it continues here.',
  });
}

async function awaitReceipt(
  parameters: RunDeploymentParameters,
  step: DeploymentStep,
  hash: Hex,
): Promise<DeploymentReceipt> {
  const { chain } = parameters;
  for (let look = 0; look < patience; look += 1) {
    const receipt = await chain.receipt(hash);
    if (receipt !== undefined) return receipt;
    stopWhenInterrupted(parameters, step);
    await chain.pause();
  }
  throw new ToolkitError({
    code: 'DEPLOY_NOT_MINED',
    message: `The transaction of step ${step.id} was not mined in time.`,
    where: `transaction ${hash}`,
    next: 'Check that the chain makes blocks, then run again; the same transaction is waited for.',
  });
}

async function record(
  { journal }: RunDeploymentParameters,
  step: DeploymentStep,
  hash: Hex,
  receipt: DeploymentReceipt,
): Promise<void> {
  if (receipt.status === 'success') {
    const { blockNumber, gasUsed } = receipt;
    journal.append({ kind: 'confirmed', step: step.id, hash, blockNumber, gasUsed });
    return;
  }
  journal.append({ kind: 'failed', step: step.id, hash, reason: 'reverted' });
  throw new ToolkitError({
    code: 'DEPLOY_REVERTED',
    message: `The transaction of step ${step.id} reverted in block ${receipt.blockNumber}.`,
    where: `transaction ${hash}`,
    next: 'Look at it with debug_traceTransaction; mend the plan and run again.',
  });
}
