import { keccak256 } from 'viem';
import type { Hex } from '../../genesis/base/hash.js';
import type { ParsedGenesis } from '../../genesis/compile/parsed-genesis.js';
import {
  create2FactoryCreationCode,
  type PlannedPredeploy,
  planPredeploys,
} from '../../genesis/compile/plan-predeploys.js';
import { predeployArtifacts } from '../../genesis/compile/predeploy-artifacts.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import type { DeploymentStep } from './deployment-step.js';
import { create2FactoryCode, type FoundFactory } from './find-factory.js';
import { creationGas, planContract, predictAddress } from './plan-contract.js';
import { planIncomplete } from './plan-incomplete.js';
import { planStaking } from './plan-staking.js';
import type { PlannedContract, PlannedDeployment } from './planned-deployment.js';

/**
 * What has to happen on a chain that was not started from the plan's genesis: every contract is made through the CREATE2
 * factory (which the deployer makes first where there is none) and belongs to the timelock from its first moment; the
 * deployer brings the coins of the vesting grants, of the staking reserve and of the faucet. Pure.
 *
 * @param genesis Block 0 of the plan; its rules are those of the constructors.
 * @returns The plan with the addresses of this chain, and what is to be done.
 * @throws ToolkitError `DEPLOY_PLAN_INCOMPLETE` (exit 2) when the plan lacks a deployer or a timelock.
 */
export async function planExistingChain(
  original: ResolvedPlan,
  genesis: ParsedGenesis,
  factory: FoundFactory,
): Promise<PlannedDeployment & { readonly plan: ResolvedPlan }> {
  const deployer =
    original.accounts.deployer ?? planIncomplete('accounts.deployer', 'an account deployer');
  const plan = placeContracts(original, factory.address);
  const timelock =
    plan.predeploys.timelock?.address ??
    planIncomplete('predeploys.timelock', 'a timelock, which owns what is made on a chain');
  const contracts: PlannedContract[] = [factoryContract(factory)];
  const steps: DeploymentStep[] =
    factory.nonce === undefined ? [] : [makeFactory(factory, deployer)];
  for (const order of planPredeploys(plan, predeployArtifacts)) {
    if (order.name === 'Create2Factory') continue;
    const { initcode, constructorArguments, value, name } = order;
    const planned = await planContract(genesis, {
      ...{ name, initcode, constructorArguments, value, deployer, factory: factory.address },
      purpose: purposeOf(order),
    });
    contracts.push(planned.contract);
    steps.push(planned.step);
  }
  if (plan.staking !== undefined) {
    const planned = await planStaking({
      plan,
      chain: genesis,
      staking: plan.staking,
      deployer,
      factory: factory.address,
      owner: timelock,
      ownerName: 'the timelock',
      payer: 'deployer',
    });
    contracts.push(planned.contract);
    steps.push(...planned.steps);
  }
  return { plan, deployer, contracts, steps: [...steps, ...planFaucet(plan, deployer)] };
}

/** The plan with the addresses that its contracts get from this factory, and without the precompiles of its genesis. */
function placeContracts(plan: ResolvedPlan, factory: Hex): ResolvedPlan {
  const old = plan.predeploys.timelock?.address;
  const move = (from: ResolvedPlan, name: PlannedPredeploy['name']) => {
    const { initcode } = planPredeploys(from, predeployArtifacts).find((one) => one.name === name)!;
    return predictAddress({ name, factory, initcode });
  };
  const { timelock, vestingVault } = plan.predeploys;
  const address = timelock === undefined ? undefined : move(plan, 'TimelockController');
  return {
    ...plan,
    chain: { ...plan.chain, precompiles: {} },
    predeploys: {
      ...plan.predeploys,
      ...(timelock !== undefined && { timelock: { ...timelock, address: address! } }),
      ...(vestingVault !== undefined && {
        vestingVault: {
          ...vestingVault,
          admin: vestingVault.admin === old ? address! : vestingVault.admin,
        },
      }),
    },
  };
}

function factoryContract({ address, nonce }: FoundFactory): PlannedContract {
  return {
    name: 'Create2Factory',
    address,
    kind: nonce === undefined ? 'existing' : 'create',
    constructorArguments: '0x',
    creationCodeHash: keccak256(create2FactoryCreationCode),
    runtimeCodeHash: keccak256(create2FactoryCode),
    ...(nonce !== undefined && { step: 'create:Create2Factory' }),
  };
}

function makeFactory({ address, nonce }: FoundFactory, deployer: Hex): DeploymentStep {
  return {
    id: 'create:Create2Factory',
    purpose: 'Make the CREATE2 factory, through which the other contracts are made',
    from: deployer,
    data: create2FactoryCreationCode,
    value: 0n,
    nonce,
    typicalGas: creationGas(create2FactoryCreationCode, create2FactoryCode, 0),
    condition: { kind: 'code', address, codeHash: keccak256(create2FactoryCode) },
  };
}

function purposeOf({ name, value }: PlannedPredeploy): string {
  if (name === 'VestingVault' && value > 0n) {
    return 'Make VestingVault with all grants of the plan and their coins, owned by the timelock';
  }
  const owner = name === 'FeeSplitter' || name === 'VestingVault' ? ', owned by the timelock' : '';
  return `Make ${name}${owner}`;
}

/** Coins for the faucet, once: an account that has sent a transaction since is in use and not filled again. */
function planFaucet(plan: ResolvedPlan, deployer: Hex): readonly DeploymentStep[] {
  const name = plan.economy?.gas.faucetAccount;
  const liquid = plan.allocation.flatMap((group) => group.liquid);
  const own = liquid.filter(({ account }) => account === name);
  const amount = own.reduce((sum, entry) => sum + entry.amount, 0n);
  const address = own[0]?.address;
  if (amount === 0n || address === undefined || address === deployer) return [];
  return [
    {
      id: `pay:${name}`,
      purpose: `Give ${name} the coins that the plan gives it`,
      from: deployer,
      to: address,
      data: '0x',
      value: amount,
      typicalGas: 21_000n,
      condition: {
        kind: 'any',
        conditions: [
          { kind: 'balance', address, minimum: amount },
          { kind: 'nonce', address, minimum: 1 },
        ],
      },
    },
  ];
}
