import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { DeploymentChain } from './deployment-chain.js';

/**
 * Makes sure that a chain is the one that a plan describes: same chain id, same block 0.
 *
 * @throws ToolkitError `DEPLOY_WRONG_CHAIN` (exit 2), `RPC_UNREACHABLE` (exit 3).
 */
export async function verifyChain(
  chain: DeploymentChain,
  expected: { readonly chainId: number; readonly genesisHash: Hex },
): Promise<void> {
  const { chainId, genesisHash } = expected;
  const actual = { chainId: await chain.chainId(), genesisHash: await chain.genesisHash() };
  if (actual.chainId === chainId && actual.genesisHash === genesisHash) return;
  throw new ToolkitError({
    code: 'DEPLOY_WRONG_CHAIN',
    message: `The chain has id ${actual.chainId} and genesis ${actual.genesisHash}; the plan describes id ${chainId} and genesis ${genesisHash}.`,
    allowed: 'the chain that the plan describes',
    next: 'Check --rpc, --plan, --profile and --overlay; masa genesis diff shows how two genesis files differ.',
    exitCode: 2,
  });
}
