import type { NetworkManifest } from '../plan/network-manifest.js';
import { callJsonRpc } from '../process/call-json-rpc.js';
import { findProcesses } from '../process/find-processes.js';
import { readUri } from '../process/spawn-node.js';
import type { NetworkFolder } from './network-folder.js';

/** A node as it is now; what it does not answer is left out. */
export interface NodeStatus {
  readonly name: string;
  readonly nodeId: string;
  readonly pid?: number | undefined;
  readonly uri?: string | undefined;
  /** JSON-RPC of the L1, on validators that serve it. */
  readonly rpcUrl?: string | undefined;
  readonly peers?: number | undefined;
  /** Heights of the P-Chain and of the L1. */
  readonly pHeight?: number | undefined;
  readonly chainHeight?: number | undefined;
  /** What the node's own health API says; a node without peers is never healthy. */
  readonly healthy?: boolean | undefined;
  /** Names of failing health checks. */
  readonly failing: readonly string[];
}

/** A validator of the L1 as the P-Chain has it. */
export interface ValidatorStatus {
  readonly nodeId: string;
  readonly weight: number;
  /** Prepaid fee left, in nAVAX. */
  readonly balance?: string | undefined;
  /** Whether the first validator that serves the L1 is, or has a connection to, this one. */
  readonly connected?: boolean | undefined;
}

export interface NetworkStatus {
  readonly manifest: NetworkManifest;
  readonly nodes: readonly NodeStatus[];
  readonly validators: readonly ValidatorStatus[];
  /** Every node lives and every validator serves the L1. */
  readonly complete: boolean;
}

/** Asks processes and nodes; changes nothing, and never fails because a node does not answer. */
export async function getNetworkStatus(
  folder: NetworkFolder,
  manifest: NetworkManifest,
): Promise<NetworkStatus> {
  const processes = findProcesses(folder.root).filter(({ kind }) => kind === 'node');
  const nodes = await Promise.all(
    manifest.nodes.map(async (node): Promise<NodeStatus> => {
      const pid = processes.find((one) => one.folder === folder.node(node.name))?.pid;
      const about = { name: node.name, nodeId: node.nodeId, pid, failing: [] };
      const uri = pid === undefined ? undefined : await readUri(folder.node(node.name));
      if (uri === undefined) return about;
      const rpcUrl = `${uri}/ext/bc/${manifest.blockchainId}/rpc`;
      const [height, block, peers, health] = await Promise.all([
        ask<{ height: string }>(`${uri}/ext/bc/P`, 'platform.getHeight', {}),
        node.validator ? ask<string>(rpcUrl, 'eth_blockNumber', []) : undefined,
        ask<{ numPeers: string }>(`${uri}/ext/info`, 'info.peers', {}),
        getHealth(uri),
      ]);
      return {
        ...about,
        uri,
        ...health,
        rpcUrl: block === undefined ? undefined : rpcUrl,
        pHeight: height === undefined ? undefined : Number(height.height),
        chainHeight: block === undefined ? undefined : Number(block),
        peers: peers === undefined ? undefined : Number(peers.numPeers),
      };
    }),
  );
  const serving = manifest.nodes.every(
    ({ validator }, index) => !validator || nodes[index]?.rpcUrl !== undefined,
  );
  return {
    manifest,
    nodes,
    validators: await getValidators(manifest, nodes),
    complete: serving && nodes.every(({ uri }) => uri !== undefined),
  };
}

async function getValidators(
  manifest: NetworkManifest,
  nodes: readonly NodeStatus[],
): Promise<readonly ValidatorStatus[]> {
  const uri = nodes.find((node) => node.pHeight !== undefined)?.uri;
  if (uri === undefined) return [];
  const onChain = await ask<{ validators: { nodeID: string; weight: string; balance?: string }[] }>(
    `${uri}/ext/bc/P`,
    'platform.getCurrentValidators',
    { subnetID: manifest.subnetId },
  );
  // The L1's own validators API fails in the first minute of a node that was up before the conversion.
  const validator = nodes.find((node) => node.rpcUrl !== undefined);
  const seen =
    validator === undefined
      ? undefined
      : await ask<{ peers: { nodeID: string }[] }>(`${validator.uri}/ext/info`, 'info.peers', {});
  const isConnected = (nodeId: string) =>
    nodeId === validator?.nodeId || seen?.peers.some(({ nodeID }) => nodeID === nodeId);
  return (onChain?.validators ?? []).map(({ nodeID, weight, balance }) => ({
    nodeId: nodeID,
    weight: Number(weight),
    balance,
    connected: isConnected(nodeID),
  }));
}

async function getHealth(uri: string): Promise<{ healthy?: boolean; failing: string[] }> {
  try {
    // Answers 503 with the same JSON when something is wrong.
    const response = await fetch(`${uri}/ext/health/health`, {
      signal: AbortSignal.timeout(3_000),
    });
    const { healthy, checks } = (await response.json()) as {
      healthy: boolean;
      checks?: Record<string, { error?: unknown }>;
    };
    const failing = Object.entries(checks ?? {}).filter(([, { error }]) => error !== undefined);
    return { healthy, failing: failing.map(([name]) => name) };
  } catch {
    return { failing: [] };
  }
}

async function ask<T>(url: string, method: string, params: unknown): Promise<T | undefined> {
  return callJsonRpc<T>(url, method, params, { timeoutMilliseconds: 3_000 }).catch(() => undefined);
}
