import { masaStaking } from '../../contracts/generated/index.js';
import type { DeploymentManifest } from '../../genesis/audit/deployment-manifest.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { DeploymentState } from '../journal/reduce-deployment.js';
import type { PreparedDeployment } from './prepare-deployment.js';
import type { HeldRole } from './read-roles.js';

/** Settings of the compiler that made every contract; a test compares them with the compiler inputs. */
export const compiler: DeploymentManifest['compiler'] = {
  version: masaStaking.compiler,
  evmVersion: 'cancun',
  optimizerRuns: 10_000,
};

/** Puts together what a finished deployment promises; pure, so that a second run makes the same bytes. */
export function compileManifest(
  parameters: PreparedDeployment & {
    readonly state: DeploymentState;
    readonly roles: readonly HeldRole[];
  },
): DeploymentManifest {
  const { plan, planned, identity, state, roles } = parameters;
  const { name, profile, overlays } = plan;
  // Only what was mined: a transaction that another one made needless may never be.
  const mined = (step: string | undefined) => {
    const known = step === undefined ? undefined : state.steps[step];
    return known?.status === 'confirmed' ? known : undefined;
  };
  return {
    version: 1,
    plan: { name, profile, overlays: [...overlays], hash: identity.planHash },
    chainId: identity.chainId,
    genesisHash: identity.genesisHash,
    genesisStateRoot: parameters.genesisStateRoot,
    genesisFileHash: parameters.genesisFileHash,
    compiler,
    deployer: planned.deployer,
    contracts: planned.contracts.map(({ step, ...contract }) => {
      const hash: Hex | undefined = mined(step)?.hash;
      return { ...contract, ...(hash !== undefined && { transactionHash: hash }) };
    }),
    transactions: planned.steps.map(({ id, purpose }) => {
      const { hash, blockNumber, gasUsed } = mined(id) ?? {};
      return {
        step: id,
        purpose,
        ...(hash !== undefined && { hash }),
        ...(blockNumber !== undefined && { blockNumber }),
        ...(gasUsed !== undefined && { gasUsed }),
      };
    }),
    roles: roles.map((role) => ({ ...role, holders: [...role.holders] })),
    rolelessAccounts: [planned.deployer],
  };
}
