import { ToolkitError } from '../../genesis/base/errors.js';
import { type DeploymentState, reduceDeployment } from '../journal/reduce-deployment.js';
import { type DeploymentRun, stopWhenInterrupted } from './deployment-run.js';
import { ensureStep } from './ensure-step.js';
import { findSigner } from './find-signer.js';
import { verifyChain } from './verify-chain.js';

export interface RunDeploymentResult {
  /** Steps for which this call sent a transaction; 0 when everything was there already. */
  readonly sent: number;
  readonly state: DeploymentState;
}

/** How often all steps are gone through until one pass finds them all done. */
const mostPasses = 5;

/**
 * Brings a chain to the state that the steps describe, one transaction after the other. Each step is looked for on the
 * chain first; intent and signed bytes are in the journal before a transaction leaves, so that a run that was killed
 * anywhere continues and never sends a step twice. At the end every step is looked at once more: what a reorganisation
 * has undone is sent again, as the same transaction.
 *
 * @throws ToolkitError `DEPLOY_WRONG_CHAIN_ID`, `DEPLOY_WRONG_GENESIS`, `DEPLOY_OTHER_PLAN`, `DEPLOY_NO_SIGNER`,
 * `DEPLOY_UNFUNDED`, `DEPLOY_STEP_TOO_LARGE`, `DEPLOY_FEE_CAP`, `DEPLOY_NONCE_CONTESTED`, `DEPLOY_NONCE_MOVED`,
 * `DEPLOY_REVERTED`, `DEPLOY_NOT_MINED`, `DEPLOY_CONDITION_NOT_MET`, `DEPLOY_UNSTABLE`, `DEPLOY_INTERRUPTED`.
 */
export async function runDeployment(run: DeploymentRun): Promise<RunDeploymentResult> {
  const { steps, chain, journal } = run;
  await verifyChain(chain, run);
  verifyJournal(run);
  verifySigners(run);
  if (reduceDeployment(journal.records).identity === undefined) {
    const { planHash, genesisHash, chainId, deployer } = run;
    journal.append({ kind: 'started', planHash, genesisHash, chainId, deployer });
  }
  let sent = 0;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const before = journal.records.length;
    let undone = false;
    for (const [index, step] of steps.entries()) {
      stopWhenInterrupted(run, step);
      const outcome = await ensureStep(run, step);
      undone = outcome === 'undone';
      if (outcome === 'undone') break;
      if (outcome === 'sent') sent += 1;
      if (outcome === 'sent' || pass === 0) run.onStep?.(step, index, outcome);
    }
    // A pass that wrote nothing saw every step done, with the receipts that the journal has.
    if (undone || journal.records.length > before) continue;
    if (!reduceDeployment(journal.records).finished) journal.append({ kind: 'finished' });
    return { sent, state: reduceDeployment(journal.records) };
  }
  throw new ToolkitError({
    code: 'DEPLOY_UNSTABLE',
    message: `The chain undid steps again and again; after ${mostPasses} passes they are still not all done.`,
    next: 'Ask another node, or wait until the chain is stable, then run again.',
  });
}

/** @throws ToolkitError `DEPLOY_NO_SIGNER` (exit 2) when the key of a sender is missing. */
export function verifySigners({ steps, signers }: Pick<DeploymentRun, 'steps' | 'signers'>): void {
  for (const step of steps) findSigner(signers, step);
}

/** @throws ToolkitError `DEPLOY_OTHER_PLAN` (exit 2) when the journal tells of another deployment. */
export function verifyJournal({
  genesisHash,
  planHash,
  journal,
  where,
}: Pick<DeploymentRun, 'genesisHash' | 'planHash' | 'journal'> & {
  readonly where?: string;
}): void {
  const { identity } = reduceDeployment(journal.records);
  if (
    identity === undefined ||
    (identity.planHash === planHash && identity.genesisHash === genesisHash)
  )
    return;
  throw new ToolkitError({
    code: 'DEPLOY_OTHER_PLAN',
    message: `The journal belongs to plan ${identity.planHash} on genesis ${identity.genesisHash}, not to plan ${planHash} on ${genesisHash}.`,
    where,
    allowed: 'an empty folder, or one with the journal of this plan on this chain',
    next: 'Choose another --out folder for another deployment, or move this one away.',
    exitCode: 2,
  });
}
