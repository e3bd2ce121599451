import { join } from 'node:path';
import type { DeploymentManifest } from '../../genesis/audit/deployment-manifest.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import { connectDeployment } from '../clients/connect-deployment.js';
import { openFileJournal } from '../journal/file-journal.js';
import type { DeploymentState } from '../journal/reduce-deployment.js';
import { compileManifest } from './compile-manifest.js';
import type { DeploymentChain } from './deployment-chain.js';
import type { Patience } from './deployment-run.js';
import type { DeploymentStep } from './deployment-step.js';
import { deriveTestSigners } from './derive-test-signers.js';
import { estimateDeployment, verifyFunded } from './estimate-deployment.js';
import { type PrepareDeploymentParameters, prepareDeployment } from './prepare-deployment.js';
import { readDeployment } from './read-deployment.js';
import { readKeyFile } from './read-key-file.js';
import { readRoles, verifyRoleless } from './read-roles.js';
import { runDeployment, verifyJournal, verifySigners } from './run-deployment.js';
import { deploymentFiles, writeManifest } from './write-manifest.js';

export interface DeployPlanParameters extends PrepareDeploymentParameters {
  readonly rpcUrl: string;
  /** Where journal, genesis file and manifest go. */
  readonly folder: string;
  /** Files with private keys; the local overlays need none on this machine. */
  readonly keyFiles?: readonly string[];
  /** Highest fee per gas of any transaction, in wei; default {@link defaultMaxFeePerGas}. */
  readonly maxFeePerGas?: bigint | undefined;
  readonly patience?: Patience | undefined;
  /** Milliseconds between two looks at the chain; default 50. */
  readonly pollMilliseconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each step; `total` is the number of steps. */
  onStep?(step: DeploymentStep, index: number, total: number, outcome: 'sent' | 'found'): void;
}

export interface DeployedPlan {
  /** Steps for which this call sent a transaction. */
  readonly sent: number;
  readonly manifest: DeploymentManifest;
  readonly manifestFile: string;
  /** Not written for a chain that was not started from the plan. */
  readonly genesisFile: string;
  readonly journalFile: string;
  /** Balances in wei of everybody who signs, before and after. */
  readonly balances: readonly {
    readonly address: Hex;
    readonly before: bigint;
    readonly after: bigint;
  }[];
  /** Bytes of a torn last journal record that were cut. */
  readonly tornBytes: number;
  /** What the plan wants and no deployer can do on this chain. */
  readonly remaining: readonly string[];
  /** Accounts outside of the plan that hold a role; for a new chain there are none. */
  readonly strangers: readonly Hex[];
}

/**
 * Takes a plan to a chain, and writes what was done into a folder. It may be killed at any moment and called again; a call
 * with nothing left to do sends nothing and leaves the files as they are. Before the first transaction chain, keys,
 * journal and balances are checked.
 *
 * @throws ToolkitError what `prepareDeployment` throws, `KEY_FILE_…` (exit 2), `JOURNAL_…`, `DEPLOY_UNFUNDED`,
 * `DEPLOY_ROLE_LEFT`, and what `runDeployment` throws.
 */
export async function deployPlan(parameters: DeployPlanParameters): Promise<DeployedPlan> {
  const { rpcUrl, folder } = parameters;
  const chain = connectDeployment(rpcUrl, parameters.pollMilliseconds);
  const signers = [
    ...(parameters.keyFiles ?? []).map(readKeyFile),
    ...deriveTestSigners(parameters.plan.overlays, rpcUrl),
  ];
  const prepared = await prepareDeployment(chain, parameters);
  const { plan, planned, identity } = prepared;
  const { steps, deployer } = planned;
  verifySigners({ steps, signers });

  const senders = [...new Set([deployer, ...steps.map(({ from }) => from)])];
  const readBalances = () => Promise.all(senders.map((address) => chain.balance(address)));
  const before = await readBalances();
  const journalFile = join(folder, deploymentFiles.journal);
  const journal = openFileJournal(journalFile);
  try {
    verifyJournal({ ...identity, journal, where: journalFile });
    verifyFunded(await estimateDeployment(chain, steps));
    const { sent, state: journalled } = await runDeployment({
      ...identity,
      ...{ steps, chain, deployer, signers, journal },
      maxFeePerGas: parameters.maxFeePerGas ?? defaultMaxFeePerGas(plan),
      patience: parameters.patience,
      signal: parameters.signal,
      onStep: (step, index, outcome) => parameters.onStep?.(step, index, steps.length, outcome),
    });
    const state = await recoverTransactions(chain, journalled, folder);
    const { roles, strangers } = await readRoles(chain, plan, planned.contracts);
    verifyRoleless(deployer, roles);
    const after = await readBalances();
    const manifest = compileManifest({ ...prepared, state, roles });
    return {
      sent,
      manifest,
      ...writeManifest(folder, manifest, prepared.genesisJson),
      journalFile,
      balances: senders.map((address, index) => ({
        address,
        before: before[index]!,
        after: after[index]!,
      })),
      tornBytes: journal.tornBytes,
      remaining: prepared.remaining,
      strangers,
    };
  } finally {
    journal.close();
  }
}

/**
 * What a transaction may offer when nobody says otherwise: twenty times the lowest base fee of the plan, and not less than
 * 100 gwei.
 */
export function defaultMaxFeePerGas(plan: ResolvedPlan): bigint {
  const fee = 20n * plan.chain.feeConfig.minBaseFee;
  return fee > 100_000_000_000n ? fee : 100_000_000_000n;
}

/**
 * A step that was found done has no transaction in a new journal. An older manifest in the folder may still name it; it
 * is believed when the chain has a receipt.
 */
async function recoverTransactions(
  chain: DeploymentChain,
  state: DeploymentState,
  folder: string,
): Promise<DeploymentState> {
  const steps = { ...state.steps };
  for (const { step, hash } of readOldManifest(folder)?.transactions ?? []) {
    const known = steps[step];
    if (hash === undefined || known === undefined || known.status === 'confirmed') continue;
    const receipt = await chain.receipt(hash as Hex);
    if (receipt?.status !== 'success') continue;
    const { blockNumber, gasUsed } = receipt;
    steps[step] = { ...known, status: 'confirmed', hash: hash as Hex, blockNumber, gasUsed };
  }
  return { ...state, steps };
}

function readOldManifest(folder: string): DeploymentManifest | undefined {
  try {
    return readDeployment(folder).manifest;
  } catch {
    // Unreadable or damaged: it is about to be replaced, and nothing depends on it.
    return undefined;
  }
}
