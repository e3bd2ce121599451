import { ToolkitError } from '../../genesis/base/errors.js';
import type { DeploymentSigner } from './deployment-chain.js';
import type { DeploymentStep } from './deployment-step.js';

/**
 * The signer of a step among those whose keys were given.
 *
 * @throws ToolkitError `DEPLOY_NO_SIGNER` (exit 2).
 */
export function findSigner(
  signers: readonly DeploymentSigner[],
  { id, from }: DeploymentStep,
): DeploymentSigner {
  const signer = signers.find(({ address }) => address.toLowerCase() === from.toLowerCase());
  if (signer !== undefined) return signer;
  throw new ToolkitError({
    code: 'DEPLOY_NO_SIGNER',
    message: `Step ${id} is sent from an account whose key was not given.`,
    where: from,
    allowed:
      signers.length === 0
        ? undefined
        : `keys were given for ${signers.map(({ address }) => address).join(', ')}`,
    next: 'Give its key with --key-file. Test keys are used by themselves only with a local overlay and a chain on this machine.',
    exitCode: 2,
  });
}
