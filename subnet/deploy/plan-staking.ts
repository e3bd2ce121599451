import { type Abi, encodeDeployData, encodeFunctionData, type Hex as ViemHex } from 'viem';
import { masaStaking } from '../../contracts/generated/index.js';
import type { Wei } from '../../genesis/base/amount.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { ParsedGenesis } from '../../genesis/compile/parsed-genesis.js';
import type { ResolvedPlan, ResolvedStaking } from '../../genesis/plan/resolved-plan.js';
import type { DeploymentStep, StepCondition } from './deployment-step.js';
import { planContract } from './plan-contract.js';
import type { PlannedContract } from './planned-deployment.js';

/** Gas for which the payer of the staking rewards gets coins; `fund()` uses about 68,000. */
const fundingGas = 200_000n;
/** How far above its floor the base fee may stand when the rewards are paid. */
const feeHeadroom = 10n;
const abi = masaStaking.abi as Abi;

export interface StakingOrder {
  readonly plan: ResolvedPlan;
  /** Block 0 of the plan. */
  readonly chain: ParsedGenesis;
  readonly staking: ResolvedStaking;
  readonly deployer: Hex;
  readonly factory: Hex;
  readonly owner: Hex;
  /** For people: who the owner is. */
  readonly ownerName: string;
  /** Who brings the reserve: the account that has it in block 0, or the deployer, who then gives it to that account. */
  readonly payer: 'reserve account' | 'deployer';
}

/** `MasaStaking`, owned by `owner` from its first moment, and the steps that pay the plan's reserve into its pool. */
export async function planStaking(order: StakingOrder): Promise<{
  readonly contract: PlannedContract;
  readonly steps: readonly DeploymentStep[];
}> {
  const { staking, deployer, factory, owner, ownerName } = order;
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
  const { contract, step } = await planContract(order.chain, {
    name: 'MasaStaking',
    purpose: `Make MasaStaking, owned by ${ownerName}`,
    initcode,
    constructorArguments: `0x${initcode.slice(masaStaking.creationCode.length)}`,
    value: 0n,
    deployer,
    factory,
  });
  return { contract, steps: [step, ...planFunding(order, contract.address)] };
}

/** Pays the staking reserve in full; the deployer adds the coins for the gas, so that the figure stays the plan's. */
function planFunding(
  { plan, staking, deployer, payer }: StakingOrder,
  contract: Hex,
): readonly DeploymentStep[] {
  const { reserve, reserveAddress, reserveAccount } = staking;
  if (reserve === (0n as Wei)) return [];
  const call = (functionName: string): ViemHex => encodeFunctionData({ abi, functionName });
  // Counts every payment ever made and never falls: stakes and rewards do not make it look unpaid.
  const funded: StepCondition = {
    kind: 'at-least',
    address: contract,
    data: call('totalFunded'),
    minimum: reserve,
  };
  const fund: DeploymentStep = {
    id: 'fund:MasaStaking',
    purpose: `Pay the staking reserve from ${reserveAccount} into the reward pool`,
    from: reserveAddress,
    to: contract,
    data: call('fund'),
    value: reserve,
    typicalGas: 70_000n,
    condition: funded,
  };
  if (reserveAddress.toLowerCase() === deployer.toLowerCase()) return [fund];
  const allowance = fundingGas * feeHeadroom * plan.chain.feeConfig.minBaseFee;
  const whole = payer === 'deployer';
  const give: DeploymentStep = {
    id: whole ? `pay:${reserveAccount}` : `gas:${reserveAccount}`,
    purpose: whole
      ? `Give ${reserveAccount} the staking reserve and coins for the gas of its payment`
      : `Give ${reserveAccount} coins for the gas of the payment`,
    from: deployer,
    to: reserveAddress,
    data: '0x',
    value: whole ? reserve + allowance : allowance,
    typicalGas: 21_000n,
    condition: {
      kind: 'any',
      conditions: [
        funded,
        { kind: 'balance', address: reserveAddress, minimum: reserve + allowance },
      ],
    },
  };
  return [give, fund];
}
