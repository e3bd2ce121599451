import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { DeploymentChain } from './deployment-chain.js';

/**
 * Makes sure that a chain is the one that a plan describes: same chain id, same block 0.
 *
 * @throws ToolkitError `DEPLOY_WRONG_CHAIN_ID`, `DEPLOY_WRONG_GENESIS` (both exit 2), `RPC_UNREACHABLE` (exit 3).
 */
export async function verifyChain(
  chain: DeploymentChain,
  expected: { readonly chainId: number; readonly genesisHash: Hex },
): Promise<void> {
  const chainId = await chain.chainId();
  if (chainId !== expected.chainId) {
    throw new ToolkitError({
      code: 'DEPLOY_WRONG_CHAIN_ID',
      message: `The chain has id ${chainId}; the plan describes id ${expected.chainId}.`,
      where: 'chain.chainId',
      allowed: `a chain with id ${expected.chainId}`,
      next: 'Check --rpc, --plan, --profile and --overlay. Transactions are signed for one chain id only.',
      exitCode: 2,
    });
  }
  const { hash } = await chain.block(0);
  if (hash === expected.genesisHash) return;
  throw new ToolkitError({
    code: 'DEPLOY_WRONG_GENESIS',
    message: `The chain's block 0 has hash ${hash}; the plan's genesis has ${expected.genesisHash}.`,
    where: 'block 0',
    allowed: 'the chain that was started from the genesis of this plan',
    next: 'Check --plan, --profile, --overlay and --set; masa genesis diff shows how two genesis files differ. A chain that was not started from the plan gets its contracts with --existing-chain.',
    exitCode: 2,
  });
}
