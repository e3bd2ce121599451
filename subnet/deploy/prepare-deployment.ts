import { keccak256 } from 'viem';
import { ToolkitError } from '../../genesis/base/errors.js';
import { type Hex, sha256 } from '../../genesis/base/hash.js';
import type { CompiledGenesis } from '../../genesis/compile/compile-genesis.js';
import { hashPlan } from '../../genesis/plan/resolve-plan.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import type { DeploymentChain } from './deployment-chain.js';
import { findFactory } from './find-factory.js';
import { planDeployment } from './plan-deployment.js';
import { planExistingChain } from './plan-existing-chain.js';
import type { PlannedContract, PlannedDeployment } from './planned-deployment.js';
import { verifyChain } from './verify-chain.js';

export interface PreparedDeployment {
  /** The plan as it holds on this chain: with the addresses of its contracts here. */
  readonly plan: ResolvedPlan;
  readonly planned: PlannedDeployment;
  readonly identity: {
    readonly planHash: Hex;
    readonly chainId: number;
    readonly genesisHash: Hex;
  };
  readonly genesisStateRoot: Hex;
  /** SHA-256 of the genesis file; zeros when the chain was not started from one of the toolkit. */
  readonly genesisFileHash: Hex;
  /** The genesis file, when the chain was started from it. */
  readonly genesisJson?: string;
  /** What the plan wants and no deployer can do on this chain. */
  readonly remaining: readonly string[];
}

export interface PrepareDeploymentParameters {
  readonly plan: ResolvedPlan;
  readonly compiled: CompiledGenesis;
  /** The chain was not started from the plan's genesis: make what block 0 lacks. */
  readonly existingChain?: boolean | undefined;
}

/**
 * Makes sure that the chain is the right one and says what has to happen on it. Reads only.
 *
 * @throws ToolkitError `RPC_UNREACHABLE` (exit 3), `DEPLOY_WRONG_CHAIN_ID`, `DEPLOY_WRONG_GENESIS`,
 * `DEPLOY_PLAN_INCOMPLETE` (exit 2), `DEPLOY_FOREIGN_CODE`.
 */
export async function prepareDeployment(
  chain: DeploymentChain,
  { plan, compiled, existingChain = false }: PrepareDeploymentParameters,
): Promise<PreparedDeployment> {
  const { chainId } = plan.chain;
  const planHash = hashPlan(plan);
  const genesisHash = existingChain ? (await chain.block(0)).hash : compiled.blockHash;
  await verifyChain(chain, { chainId, genesisHash });
  if (genesisHash === compiled.blockHash) {
    const planned = await planDeployment(plan, compiled);
    await verifyPredeploys(chain, planned.contracts);
    return {
      ...{ plan, planned, identity: { planHash, chainId, genesisHash } },
      remaining: await withoutGas(chain, plan),
      genesisStateRoot: compiled.stateRoot,
      genesisFileHash: sha256(compiled.json),
      genesisJson: compiled.json,
    };
  }
  const factory = await findFactory(
    chain,
    plan.accounts.deployer ?? zeros(20),
    plan.predeploys.create2Factory?.address,
  );
  const { plan: placed, ...planned } = await planExistingChain(plan, compiled.genesis, factory);
  return {
    ...{ plan: placed, planned, identity: { planHash, chainId, genesisHash } },
    genesisStateRoot: (await chain.block(0)).stateRoot,
    genesisFileHash: zeros(32),
    remaining: [...remainingOf(planned), ...(await withoutGas(chain, plan))],
  };
}

/** A transaction to a missing factory would succeed and do nothing, so the contracts of block 0 are looked at first. */
async function verifyPredeploys(
  chain: DeploymentChain,
  contracts: readonly PlannedContract[],
): Promise<void> {
  for (const { name, address, kind, runtimeCodeHash } of contracts) {
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

function remainingOf({ contracts }: PlannedDeployment): readonly string[] {
  const splitter = contracts.find(({ name }) => name === 'FeeSplitter')?.address;
  return [
    ...(splitter === undefined
      ? []
      : [
          `Fees go to FeeSplitter only after an admin of the RewardManager precompile has called setRewardAddress(${splitter}).`,
        ]),
    "Roles of precompiles are those of the chain's own genesis; none was read or changed.",
    "The plan's liquid coins of block 0 were not moved, but for the faucet and the staking reserve.",
  ];
}

/** Who may act through the timelock and cannot pay for a transaction. */
async function withoutGas(
  chain: DeploymentChain,
  { predeploys }: ResolvedPlan,
): Promise<readonly string[]> {
  const { proposers = [], executors = [] } = predeploys.timelock ?? {};
  const lines: string[] = [];
  for (const keeper of new Set([...proposers, ...executors])) {
    // The zero address stands for everybody.
    if (BigInt(keeper) === 0n || (await chain.balance(keeper)) > 0n) continue;
    lines.push(
      `${keeper} may act through the timelock and holds no coins for gas: transfer some to it.`,
    );
  }
  return lines;
}

const zeros = (bytes: number): Hex => `0x${'00'.repeat(bytes)}`;
