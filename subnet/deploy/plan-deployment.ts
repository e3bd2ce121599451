import { keccak256 } from 'viem';
import type { CompiledGenesis } from '../../genesis/compile/compile-genesis.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import { hashCreationCode } from './plan-contract.js';
import { planIncomplete } from './plan-incomplete.js';
import { planStaking } from './plan-staking.js';
import type { PlannedContract, PlannedDeployment } from './planned-deployment.js';

/**
 * What has to happen on a chain whose block 0 is the plan's: the CREATE2 factory makes `MasaStaking`, owned by the
 * timelock from its first moment, and the reserve account pays the plan's staking reserve into its reward pool. A plan
 * without staking needs no transaction. Pure; addresses and code hashes are known before anything is sent.
 *
 * @param compiled Block 0, from `compileGenesis(plan)`.
 * @throws ToolkitError `DEPLOY_PLAN_INCOMPLETE` (exit 2) when the plan lacks a deployer, the factory or an owner.
 * @example (await planDeployment(plan, await compileGenesis(plan))).steps.map(({ id }) => id)
 * // ['create:MasaStaking', 'gas:staking-rewards', 'fund:MasaStaking']
 */
export async function planDeployment(
  plan: ResolvedPlan,
  compiled: Pick<CompiledGenesis, 'predeploys' | 'genesis'>,
): Promise<PlannedDeployment> {
  const deployer =
    plan.accounts.deployer ?? planIncomplete('accounts.deployer', 'an account deployer');
  const contracts: PlannedContract[] = compiled.predeploys.map(
    ({ name, address, initcode, constructorArguments, code }) => ({
      name,
      address,
      kind: 'predeploy',
      constructorArguments,
      creationCodeHash: hashCreationCode(initcode, constructorArguments),
      runtimeCodeHash: keccak256(code),
    }),
  );
  const { staking } = plan;
  if (staking === undefined) return { deployer, steps: [], contracts };
  const factory =
    plan.predeploys.create2Factory?.address ??
    planIncomplete(
      'predeploys.create2Factory',
      'the CREATE2 factory, through which staking is made',
    );
  const owner = plan.predeploys.timelock?.address ?? plan.accounts.admin;
  if (owner === undefined || owner.toLowerCase() === deployer.toLowerCase()) {
    return planIncomplete(
      'predeploys.timelock',
      'a timelock, or an account admin that is not the deployer',
    );
  }
  const { contract, steps } = await planStaking({
    plan,
    chain: compiled.genesis,
    staking,
    deployer,
    factory,
    owner,
    ownerName: plan.predeploys.timelock ? 'the timelock' : 'admin',
    payer: 'reserve account',
  });
  return { deployer, steps, contracts: [...contracts, contract] };
}
