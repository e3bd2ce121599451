import {
  type Abi,
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
  keccak256,
  stringToBytes,
  type Hex as ViemHex,
} from 'viem';
import { masaStaking } from '../../contracts/generated/index.js';
import type { Wei } from '../../genesis/base/amount.js';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import { bareChain } from '../../genesis/compile/bare-chain.js';
import type { Predeploy } from '../../genesis/compile/compile-genesis.js';
import { executeConstructor } from '../../genesis/compile/execute-constructor.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import type { DeploymentStep, StepCondition } from './deployment-step.js';

/** A contract of the deployment, with everything that is known before a transaction is sent. */
export interface PlannedContract {
  readonly name: string;
  readonly address: Hex;
  readonly kind: 'predeploy' | 'create2';
  readonly constructorArguments: Hex;
  /** Keccak-256 of the creation code without arguments. */
  readonly creationCodeHash: Hex;
  /** Keccak-256 of the code that its constructor leaves at this address, immutables filled in. */
  readonly runtimeCodeHash: Hex;
  readonly salt?: Hex;
  /** Id of the step that makes it. */
  readonly step?: string;
}

export interface PlannedDeployment {
  readonly deployer: Hex;
  /** In the order in which they are sent. */
  readonly steps: readonly DeploymentStep[];
  readonly contracts: readonly PlannedContract[];
}

/** Gas for which the payer of the staking rewards gets coins; `fund()` uses about 68,000. */
const fundingGas = 200_000n;
/** How far above its floor the base fee may stand when the rewards are paid. */
const feeHeadroom = 10n;

/**
 * What has to happen on a chain whose block 0 is the plan's: the CREATE2 factory makes `MasaStaking`, owned by the
 * timelock from its first moment, and the reserve account pays the plan's staking reserve into its reward pool. A plan
 * without staking needs no transaction. Pure; addresses and code hashes are known before anything is sent.
 *
 * @param predeploys Contracts of block 0, from `compileGenesis`.
 * @throws ToolkitError `DEPLOY_PLAN_INCOMPLETE` (exit 2) when the plan lacks a deployer, the factory or an owner.
 * @example (await planDeployment(plan, (await compileGenesis(plan)).predeploys)).steps.map(({ id }) => id)
 * // ['create:MasaStaking', 'gas:staking-rewards', 'fund:MasaStaking']
 */
export async function planDeployment(
  plan: ResolvedPlan,
  predeploys: readonly Predeploy[],
): Promise<PlannedDeployment> {
  const deployer = plan.accounts.deployer ?? incomplete('accounts.deployer', 'an account deployer');
  const contracts: PlannedContract[] = predeploys.map(
    ({ name, address, initcode, constructorArguments, code }) => ({
      name,
      address,
      kind: 'predeploy',
      constructorArguments,
      creationCodeHash: creationCodeHash(initcode, constructorArguments),
      runtimeCodeHash: keccak256(code),
    }),
  );
  if (plan.staking === undefined) return { deployer, steps: [], contracts };

  const { staking } = plan;
  const factory =
    plan.predeploys.create2Factory?.address ??
    incomplete('predeploys.create2Factory', 'the CREATE2 factory, through which staking is made');
  const owner = plan.predeploys.timelock?.address ?? plan.accounts.admin;
  if (owner === undefined || owner.toLowerCase() === deployer.toLowerCase()) {
    incomplete('predeploys.timelock', 'a timelock, or an account admin that is not the deployer');
  }
  const abi = masaStaking.abi as Abi;
  const initcode = encodeDeployData({
    abi,
    bytecode: masaStaking.creationCode,
    args: [
      owner,
      staking.periodSeconds,
      staking.cooldownSeconds,
      staking.terms.map(({ periods }) => periods),
      staking.terms.map(({ rewardMicroPercent }) => rewardMicroPercent),
    ],
  });
  const salt = keccak256(stringToBytes('masa/MasaStaking'));
  const address = getContractAddress({
    opcode: 'CREATE2',
    from: factory,
    salt,
    bytecode: initcode,
  });
  const { code } = await executeConstructor({
    address,
    initcode,
    value: 0n,
    sender: factory,
    chain: bareChain(BigInt(plan.chain.chainId), BigInt(plan.chain.timestamp)),
  });
  const constructorArguments: Hex = `0x${initcode.slice(masaStaking.creationCode.length)}`;
  const create: DeploymentStep = {
    id: 'create:MasaStaking',
    purpose: `Make MasaStaking, owned by ${plan.predeploys.timelock ? 'the timelock' : 'admin'}`,
    from: deployer,
    to: factory,
    data: `${salt}${initcode.slice(2)}`,
    value: 0n,
    condition: { kind: 'code', address, codeHash: keccak256(code) },
  };
  contracts.push({
    name: 'MasaStaking',
    address,
    kind: 'create2',
    constructorArguments,
    creationCodeHash: creationCodeHash(initcode, constructorArguments),
    runtimeCodeHash: keccak256(code),
    salt,
    step: create.id,
  });
  return { deployer, steps: [create, ...planFunding(plan, deployer, address, abi)], contracts };
}

/** Pays the staking reserve in full; the deployer adds the coins for the gas, so that the figure stays the plan's. */
function planFunding(
  plan: ResolvedPlan,
  deployer: Hex,
  contract: Hex,
  abi: Abi,
): readonly DeploymentStep[] {
  const { reserve, reserveAddress, reserveAccount } = plan.staking!;
  if (reserve === (0n as Wei)) return [];
  const call = (functionName: string): ViemHex => encodeFunctionData({ abi, functionName });
  // Counts every payment ever made and never falls: stakes and rewards do not make it look unpaid.
  const funded: StepCondition = {
    kind: 'at-least',
    address: contract,
    data: call('totalFunded'),
    minimum: reserve,
  };
  const allowance = fundingGas * feeHeadroom * plan.chain.feeConfig.minBaseFee;
  const steps: DeploymentStep[] = [
    {
      id: 'fund:MasaStaking',
      purpose: `Pay the staking reserve from ${reserveAccount} into the reward pool`,
      from: reserveAddress,
      to: contract,
      data: call('fund'),
      value: reserve,
      condition: funded,
    },
  ];
  if (reserveAddress.toLowerCase() !== deployer.toLowerCase()) {
    steps.unshift({
      id: `gas:${reserveAccount}`,
      purpose: `Give ${reserveAccount} coins for the gas of the payment`,
      from: deployer,
      to: reserveAddress,
      data: '0x',
      value: allowance,
      condition: {
        kind: 'any',
        conditions: [
          funded,
          { kind: 'balance', address: reserveAddress, minimum: reserve + allowance },
        ],
      },
    });
  }
  return steps;
}

function creationCodeHash(initcode: Hex, constructorArguments: Hex): Hex {
  const end = initcode.length - (constructorArguments.length - 2);
  return keccak256(initcode.slice(0, end) as Hex);
}

function incomplete(where: string, needed: string): never {
  throw new ToolkitError({
    code: 'DEPLOY_PLAN_INCOMPLETE',
    message: `The plan cannot be deployed: it needs ${needed}.`,
    where,
    next: 'Add it to the plan, build the genesis again and start the chain from it.',
    exitCode: 2,
  });
}
