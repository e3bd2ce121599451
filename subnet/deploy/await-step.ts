import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { StepAttempt } from '../journal/reduce-deployment.js';
import type { DeploymentReceipt } from './deployment-chain.js';
import { type DeploymentRun, defaultPatience, stopWhenInterrupted } from './deployment-run.js';
import type { DeploymentStep } from './deployment-step.js';
import { findSigner } from './find-signer.js';
import { capFees, raiseFees, type TransactionFees } from './raise-fees.js';
import { feeCap, sendAttempt } from './send-step.js';

/** What became of the transactions of a step, which share one nonce. */
export type AwaitedStep =
  | {
      readonly kind: 'mined';
      readonly hash: Hex;
      readonly receipt: DeploymentReceipt;
      /** Whether it had to be sent (again) for that. */
      readonly sent: boolean;
    }
  /** None of them can be mined: the nonce went to another transaction, or those before it are missing. */
  | { readonly kind: 'displaced'; readonly nonce: number; readonly gap: boolean };

/**
 * Waits until one of a step's transactions is mined. One that the pool has lost is sent again; one that has become too
 * cheap, or that lies there for long, is replaced by one with the same nonce and a higher fee, up to the cap of the run.
 * All of them share a nonce, so that the chain takes one at most.
 *
 * @param attempts Signed before and in the journal, oldest first; at least one.
 * @param resumed Whether they come from an earlier run: then the newest is looked for in the pool at once.
 * @throws ToolkitError `DEPLOY_NOT_MINED`, `DEPLOY_FEE_CAP`, `DEPLOY_INTERRUPTED`.
 */
export async function awaitStep(
  run: DeploymentRun,
  step: DeploymentStep,
  attempts: readonly StepAttempt[],
  resumed: boolean,
): Promise<AwaitedStep> {
  const { chain, patience = defaultPatience } = run;
  const all = [...attempts];
  const { nonce } = all[0]!;
  let used = 0;
  let sent = false;
  let filler: TransactionFees | undefined;
  let replaceAt = patience.replaceAfter;
  for (let look = 0; look < patience.looks; look += 1) {
    for (const { hash } of all) {
      const receipt = await chain.receipt(hash);
      if (receipt !== undefined) return { kind: 'mined', hash, receipt, sent };
    }
    const mined = await chain.nonce(step.from);
    if (mined > nonce) {
      used += 1;
      if (used > patience.receiptLag) return { kind: 'displaced', nonce, gap: false };
    } else {
      used = 0;
      stopWhenInterrupted(run, step);
      const due = look % patience.checkEvery === 0 && (look > 0 || resumed);
      if (due && mined < nonce) {
        if (!(await knowsAny(run, all))) return { kind: 'displaced', nonce, gap: true };
        if (look > 0) filler = await fillGap(run, step, mined, filler);
      } else if (due) {
        const refreshed = await refresh(run, step, all, look >= replaceAt);
        sent ||= refreshed !== undefined;
        if (refreshed !== undefined && refreshed !== all.at(-1)) {
          all.push(refreshed);
          replaceAt = look * 2;
        }
      }
    }
    await chain.pause();
  }
  const { baseFeePerGas } = await chain.fees();
  if (baseFeePerGas > all.at(-1)!.maxFeePerGas) throw feeCap(run, step, baseFeePerGas);
  throw new ToolkitError({
    code: 'DEPLOY_NOT_MINED',
    message: `The transaction of step ${step.id} was not mined in time.`,
    where: `transaction ${all.at(-1)!.hash}`,
    next: 'Check that the chain makes blocks, then run again; the same transaction is waited for.',
  });
}

async function knowsAny(run: DeploymentRun, attempts: readonly StepAttempt[]): Promise<boolean> {
  for (const { hash } of attempts) if (await run.chain.knows(hash)) return true;
  return false;
}

/**
 * A transaction before this one was undone by a reorganisation: it is gone, or lies in the pool too cheap. A transfer of
 * nothing takes its place: a second transaction for the step would be carried out beside the first, as soon as anything
 * fills the gap.
 */
async function fillGap(
  run: DeploymentRun,
  step: DeploymentStep,
  nonce: number,
  before: TransactionFees | undefined,
): Promise<TransactionFees | undefined> {
  const { chain, chainId, maxFeePerGas } = run;
  const wanted = await chain.fees();
  const fees =
    before === undefined ? capFees(wanted, maxFeePerGas) : raiseFees(before, wanted, maxFeePerGas);
  if (fees === undefined) return before;
  const idle = { chainId, nonce, to: step.from, data: '0x', value: 0n, gas: 21_000n } as const;
  const signed = await findSigner(run.signers, step).sign({ ...idle, ...fees });
  await chain.send(signed);
  return fees;
}

/**
 * Sends the newest transaction again when the pool has lost it, or replaces it when it is too cheap.
 *
 * @returns What was sent, if anything.
 */
async function refresh(
  run: DeploymentRun,
  step: DeploymentStep,
  attempts: readonly StepAttempt[],
  late: boolean,
): Promise<StepAttempt | undefined> {
  const newest = attempts.at(-1)!;
  const wanted = await run.chain.fees();
  const cheap = wanted.baseFeePerGas > newest.maxFeePerGas;
  if (!cheap && !late) {
    if (await run.chain.knows(newest.hash)) return undefined;
    if ((await run.chain.send(newest.raw)) !== 'underpriced') return newest;
    // Less than the base fee of this moment, or the pool holds another one with this nonce that pays as much.
  }
  const fees = raiseFees(newest, wanted, await affordableFee(run, step, newest.gas));
  // Without room under the cap the old one stays: the base fee may fall again.
  if (fees === undefined) return undefined;
  const gas = newest.gas > 0n ? newest.gas : await estimate(run, step);
  return sendAttempt(run, step, { nonce: newest.nonce, gas, ...fees });
}

/** The highest fee that cap and balance allow. */
async function affordableFee(
  { chain, maxFeePerGas }: DeploymentRun,
  { from, value }: DeploymentStep,
  gas: bigint,
): Promise<bigint> {
  if (gas === 0n) return maxFeePerGas;
  const balance = await chain.balance(from);
  const affordable = balance < value ? 0n : (balance - value) / gas;
  return affordable < maxFeePerGas ? affordable : maxFeePerGas;
}

/** Records of older versions do not say what gas they gave. */
async function estimate(
  { chain }: DeploymentRun,
  { from, to, data, value }: DeploymentStep,
): Promise<bigint> {
  return ((await chain.estimateGas({ from, to, data, value })) * 11n) / 10n;
}
