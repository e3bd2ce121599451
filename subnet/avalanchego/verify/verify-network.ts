import { ToolkitError } from '../../../genesis/base/errors.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { parseGenesis } from '../../../genesis/compile/parse-genesis.js';
import type { CompiledNetwork } from '../plan/compile-network.js';
import { callJsonRpc } from '../process/call-json-rpc.js';
import { checkChainConfig } from './check-chain-config.js';
import { checkGenesisBlock } from './check-genesis-block.js';
import { checkNetworkUpgrades } from './check-network-upgrades.js';
import { checkPrecompiles } from './check-precompiles.js';
import { compareTexts, type Mismatch } from './mismatch.js';

/** A network that runs, as far as the verification asks it. */
export interface VerifiedNetwork
  extends Pick<CompiledNetwork, 'manifest' | 'genesis' | 'upgrade' | 'networkUpgrade'> {}

/**
 * Compares every node with what was computed before it ran: identity and network upgrades of each; on each validator
 * block 0, every precompile slot by proof, active rules, chain and upgrade configuration, and the reward address.
 *
 * @param uris base URLs by node name.
 * @param rpcUrls JSON-RPC of the L1 by validator name.
 * @throws ToolkitError NETWORK_MISMATCH with both sides of everything that differs.
 */
export async function verifyNetwork(
  network: VerifiedNetwork,
  uris: Readonly<Record<string, string>>,
  rpcUrls: Readonly<Record<string, string>>,
): Promise<void> {
  const { manifest, networkUpgrade } = network;
  const genesis = parseGenesis(network.genesis, { upgradeText: network.upgrade });
  const root = manifest.chain.stateRoot as Hex;
  const checks = manifest.nodes.map(async ({ name, nodeId }) => {
    const uri = uris[name];
    const rpcUrl = rpcUrls[name];
    const found = await Promise.all([
      ...(uri === undefined
        ? []
        : [checkIdentity(uri, nodeId), checkNetworkUpgrades(uri, networkUpgrade)]),
      ...(rpcUrl === undefined
        ? []
        : [
            checkGenesisBlock(rpcUrl, manifest),
            checkPrecompiles(rpcUrl, genesis, root),
            checkChainConfig(rpcUrl, genesis, network.genesis),
          ]),
    ]);
    return found.flat().map((mismatch) => ({ ...mismatch, name }));
  });
  const mismatches = (await Promise.all(checks)).flat();
  if (mismatches.length === 0) return;
  throw new ToolkitError({
    code: 'NETWORK_MISMATCH',
    message: `The network is not the one that was computed: ${mismatches.length} differences.`,
    problems: mismatches.map(({ name, what, computed, reported }) => ({
      code: 'NETWORK_MISMATCH',
      path: `${name}: ${what}`,
      message: `computed ${computed}, the node says ${reported}`,
    })),
    next: 'Somebody changed files of the network, or the programs follow other rules. Nothing is deployed onto such a chain.',
  });
}

async function checkIdentity(uri: string, nodeId: string): Promise<readonly Mismatch[]> {
  const { nodeID } = await callJsonRpc<{ nodeID: string }>(`${uri}/ext/info`, 'info.getNodeID', {});
  return compareTexts('NodeID', nodeId, nodeID);
}
