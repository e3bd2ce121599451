import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import { reduceDeployment, type StepState } from '../journal/reduce-deployment.js';
import { awaitStep } from './await-step.js';
import type { DeploymentReceipt } from './deployment-chain.js';
import { type DeploymentRun, defaultPatience, stopWhenInterrupted } from './deployment-run.js';
import type { DeploymentStep } from './deployment-step.js';
import { sendStep } from './send-step.js';
import { verifyStep } from './verify-step.js';

/** How often a step's nonce may go to somebody else before the run stops. */
const mostDisplacements = 5;

/**
 * Brings about one step's condition: looks at the chain, then at what the journal says is under way, and signs a new
 * transaction only when neither is there.
 *
 * @returns `found` when nothing had to be signed; `undone` when a reorganisation took back earlier steps, which must be
 * brought about first so that each transaction gets its nonce again.
 */
export async function ensureStep(
  run: DeploymentRun,
  step: DeploymentStep,
): Promise<'sent' | 'found' | 'undone'> {
  let outcome: 'sent' | 'found' = 'found';
  for (let displaced = 0; displaced <= mostDisplacements; ) {
    let { attempts } = stateOf(run, step);
    if (await verifyStep(run.chain, step)) {
      await recordFound(run, step);
      return outcome;
    }
    const resumed = attempts.length > 0 && !(await minedInVain(run, attempts));
    if (!resumed) {
      // What was waited for may have been this very step, sent by a run whose journal is lost.
      if (await awaitStrangers(run, step)) continue;
      if (attempts.length > 0 && (await settle(run, step, attempts)) !== 'in vain') continue;
      const attempt = await sendStep(run, step);
      if (attempt === undefined) return 'undone';
      attempts = [attempt];
      outcome = 'sent';
    }
    const awaited = await awaitStep(run, step, attempts, resumed);
    if (awaited.kind === 'displaced') {
      if (awaited.gap && !(await earlierHold(run, step))) return 'undone';
      run.journal.append({ kind: 'displaced', step: step.id, nonce: awaited.nonce });
      displaced += 1;
      continue;
    }
    if (awaited.sent) outcome = 'sent';
    await recordMined(run, step, awaited.hash, awaited.receipt);
    const settled = await settle(run, step, [awaited]);
    if (settled === 'holds') return outcome;
    // Undone by a reorganisation: the same transaction is sent once more.
    if (settled === 'undone') continue;
    throw new ToolkitError({
      code: 'DEPLOY_CONDITION_NOT_MET',
      message: `Step ${step.id} was mined but did not bring about what it is for.`,
      where: `transaction ${awaited.hash}`,
      next: 'Look at the transaction with debug_traceTransaction; nothing further was sent.',
    });
  }
  throw contested(step);
}

async function earlierHold(
  { steps, chain }: DeploymentRun,
  step: DeploymentStep,
): Promise<boolean> {
  for (const earlier of steps.slice(0, steps.indexOf(step))) {
    if (!(await verifyStep(chain, earlier))) return false;
  }
  return true;
}

function stateOf(run: DeploymentRun, step: DeploymentStep): StepState {
  return (
    reduceDeployment(run.journal.records).steps[step.id] ?? { status: 'displaced', attempts: [] }
  );
}

/**
 * Whether a mined transaction has brought about the condition, has been undone, or was in vain. While a reorganisation is under
 * way, condition and receipt may contradict each other, so that they are looked at several times.
 */
async function settle(
  run: DeploymentRun,
  step: DeploymentStep,
  mined: readonly { readonly hash: Hex }[],
): Promise<'holds' | 'undone' | 'in vain'> {
  for (let look = 0; look < 4; look += 1) {
    if (look > 0) await run.chain.pause();
    if (await verifyStep(run.chain, step)) return 'holds';
    let there = false;
    for (const { hash } of mined) there ||= (await run.chain.receipt(hash)) !== undefined;
    if (!there) return 'undone';
  }
  return 'in vain';
}

/**
 * Whether one of the transactions is recorded and on the chain although the condition does not hold (any more): what it
 * paid was spent since. Only then may the step be done a second time.
 */
async function minedInVain(run: DeploymentRun, attempts: StepState['attempts']): Promise<boolean> {
  const recorded = new Set(
    run.journal.records.flatMap(({ message }) =>
      message.kind === 'confirmed' ? [message.hash] : [],
    ),
  );
  for (const { hash } of attempts) {
    if (recorded.has(hash) && (await run.chain.receipt(hash))?.status === 'success') return true;
  }
  return false;
}

/** The condition holds: if it is the work of a transaction in the journal, its receipt is written down. */
async function recordFound(run: DeploymentRun, step: DeploymentStep): Promise<void> {
  const { status, hash, blockNumber, attempts } = stateOf(run, step);
  for (const attempt of attempts) {
    const receipt = await run.chain.receipt(attempt.hash);
    if (receipt?.status !== 'success') continue;
    // After a reorganisation the same transaction may stand in another block.
    const same = attempt.hash === hash && receipt.blockNumber === blockNumber;
    if (status === 'confirmed' && same) return;
    return recordMined(run, step, attempt.hash, receipt);
  }
  if (status === 'found') return;
  run.journal.append({ kind: 'found', step: step.id, detail: 'its condition holds on the chain' });
}

async function recordMined(
  { chain, journal }: DeploymentRun,
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
  // Somebody else was faster with the public factory: what the step is for is there.
  if (await verifyStep(chain, step)) return;
  throw new ToolkitError({
    code: 'DEPLOY_REVERTED',
    message: `The transaction of step ${step.id} reverted in block ${receipt.blockNumber}.`,
    where: `transaction ${hash}`,
    next: 'Look at it with debug_traceTransaction; mend the plan and run again.',
  });
}

/**
 * Lets transactions of the account that are not in the journal be mined first: to take their nonce would undo somebody's
 * work. Own ones that have become useless are not waited for; the next transaction replaces them.
 *
 * @returns Whether there were any.
 */
async function awaitStrangers(run: DeploymentRun, step: DeploymentStep): Promise<boolean> {
  const { chain, patience = defaultPatience } = run;
  for (let look = 0; look < patience.looks; look += 1) {
    const next = await chain.nonce(step.from);
    const waiting = (await chain.nonce(step.from, 'pending')) - next;
    if (waiting <= 0 || isOwn(run, step.from, next)) return look > 0;
    stopWhenInterrupted(run, step);
    await chain.pause();
  }
  throw new ToolkitError({
    code: 'DEPLOY_NONCE_CONTESTED',
    message: `Transactions of the account wait in the node's pool that are not in this journal; step ${step.id} would take their place.`,
    where: step.from,
    next: 'Wait until they are mined or cancel them, then run again; a deployer should be used for nothing else.',
  });
}

/** Whether the journal holds a transaction of the account with this nonce. */
function isOwn({ journal, steps }: DeploymentRun, from: Hex, nonce: number): boolean {
  const own = new Set(steps.filter((step) => step.from === from).map(({ id }) => id));
  return journal.records.some(
    ({ message }) =>
      message.kind === 'intended' && message.nonce === nonce && own.has(message.step),
  );
}

function contested({ id, from }: DeploymentStep): ToolkitError {
  return new ToolkitError({
    code: 'DEPLOY_NONCE_CONTESTED',
    message: `Other transactions took the nonce of step ${id} ${mostDisplacements + 1} times.`,
    where: from,
    next: 'Something else is sending from this account: stop it, then run again.',
  });
}
