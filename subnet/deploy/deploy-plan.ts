import { join } from 'node:path';
import { keccak256 } from 'viem';
import type { DeploymentManifest } from '../../genesis/audit/deployment-manifest.js';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { CompiledGenesis } from '../../genesis/compile/compile-genesis.js';
import { hashPlan } from '../../genesis/plan/resolve-plan.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import { connectDeployment } from '../clients/connect-deployment.js';
import { openFileJournal } from '../journal/file-journal.js';
import type { DeploymentState } from '../journal/reduce-deployment.js';
import { compileManifest } from './compile-manifest.js';
import type { DeploymentChain } from './deployment-chain.js';
import type { DeploymentStep } from './deployment-step.js';
import { deriveTestSigners } from './derive-test-signers.js';
import { type PlannedContract, type PlannedDeployment, planDeployment } from './plan-deployment.js';
import { readDeployment } from './read-deployment.js';
import { readKeyFile } from './read-key-file.js';
import { readRoles, verifyRoleless } from './read-roles.js';
import { runDeployment } from './run-deployment.js';
import { verifyChain } from './verify-chain.js';
import { deploymentFiles, writeManifest } from './write-manifest.js';

export interface DeployPlanParameters {
  readonly plan: ResolvedPlan;
  /** The plan's genesis, compiled; the chain must have been started from it. */
  readonly compiled: CompiledGenesis;
  readonly rpcUrl: string;
  /** Where journal, genesis file and manifest go. */
  readonly folder: string;
  /** Files with private keys; the local overlays need none on this machine. */
  readonly keyFiles?: readonly string[];
  /** Highest fee per gas of any transaction, in wei; default {@link defaultMaxFeePerGas}. */
  readonly maxFeePerGas?: bigint | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each step; `total` is the number of steps. */
  onStep?(step: DeploymentStep, index: number, total: number, outcome: 'sent' | 'found'): void;
}

export interface DeployedPlan {
  /** Transactions sent by this call. */
  readonly sent: number;
  readonly manifest: DeploymentManifest;
  readonly manifestFile: string;
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
}

/**
 * Takes a plan to a chain that was started from its genesis, and writes what was done into a folder. It may be killed at
 * any moment and called again; a call with nothing left to do sends nothing and leaves the files as they are.
 *
 * @throws ToolkitError `RPC_UNREACHABLE` (exit 3), `DEPLOY_WRONG_CHAIN_ID` or `DEPLOY_WRONG_GENESIS` (exit 2) before anything is written, `KEY_FILE_…`
 * (exit 2), `DEPLOY_ROLE_LEFT`, and what `runDeployment` throws.
 */
export async function deployPlan(parameters: DeployPlanParameters): Promise<DeployedPlan> {
  const { plan, compiled, rpcUrl, folder } = parameters;
  const chain = connectDeployment(rpcUrl);
  const signers = [
    ...(parameters.keyFiles ?? []).map(readKeyFile),
    ...deriveTestSigners(plan.overlays, rpcUrl),
  ];
  const identity = { chainId: plan.chain.chainId, genesisHash: compiled.blockHash };
  await verifyChain(chain, identity);
  const planned = await planDeployment(plan, compiled.predeploys);
  await verifyPredeploys(chain, planned.contracts);

  const senders = [...new Set([planned.deployer, ...planned.steps.map(({ from }) => from)])];
  const readBalances = () => Promise.all(senders.map((address) => chain.balance(address)));
  const before = await readBalances();
  const journalFile = join(folder, deploymentFiles.journal);
  const journal = openFileJournal(journalFile);
  try {
    const { sent, state: journalled } = await runDeployment({
      ...identity,
      planHash: hashPlan(plan),
      steps: planned.steps,
      chain,
      deployer: planned.deployer,
      signers,
      journal,
      maxFeePerGas: parameters.maxFeePerGas ?? defaultMaxFeePerGas(plan),
      signal: parameters.signal,
      onStep: (step, index, outcome) =>
        parameters.onStep?.(step, index, planned.steps.length, outcome),
    });
    const state = await recoverTransactions(chain, journalled, folder);
    const roles = await readRoles(chain, plan, planned.contracts);
    verifyRoleless(planned.deployer, roles);
    const after = await readBalances();
    const manifest = compileManifest({ plan, compiled, planned, state, roles });
    return {
      sent,
      manifest,
      ...writeManifest(folder, manifest, compiled.json),
      journalFile,
      balances: senders.map((address, index) => ({
        address,
        before: before[index]!,
        after: after[index]!,
      })),
      tornBytes: journal.tornBytes,
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

/** A transaction to a missing factory would succeed and do nothing, so the contracts of block 0 are looked at first. */
async function verifyPredeploys(
  chain: DeploymentChain,
  contracts: PlannedDeployment['contracts'],
): Promise<void> {
  for (const { name, address, kind, runtimeCodeHash } of contracts as readonly PlannedContract[]) {
    if (kind !== 'predeploy') continue;
    const hash = keccak256(await chain.code(address));
    if (hash === runtimeCodeHash) continue;
    throw new ToolkitError({
      code: 'DEPLOY_FOREIGN_CODE',
      message: `${name} of block 0 has code ${hash} on the chain; the plan's has ${runtimeCodeHash}.`,
      where: address,
      next: 'Ask another node: block 0 has the right hash, so this one gives wrong answers.',
    });
  }
}
