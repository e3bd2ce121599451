import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeBinaries } from '../binaries/inspect-node.js';
import { DEVELOPMENT_CHAIN_CONFIG } from '../network/development-chain-config.js';
import type { CompiledNetwork, CompiledNode } from '../plan/compile-network.js';
import { findFreePort } from '../process/find-free-port.js';
import { findProcesses } from '../process/find-processes.js';
import type { BootstrapPeer, StartNodeParameters } from '../process/node-parameters.js';
import { spawnNode } from '../process/spawn-node.js';
import { writeNodeFiles } from '../process/write-node-files.js';
import type { NetworkFolder } from '../state/network-folder.js';

/** What a start needs to know beside the node itself. */
export interface StartSettings {
  readonly binaries: Pick<NodeBinaries, 'binary' | 'pluginFolder'>;
  readonly folder: NetworkFolder;
  readonly network: CompiledNetwork;
  readonly ports: NodePorts;
  /** Merged over the default `config.json` of the L1. */
  readonly chainConfig?: Readonly<Record<string, unknown>> | undefined;
  /** Flags of every node that win over the defaults. */
  readonly flags?: Readonly<Record<string, unknown>> | undefined;
}

/** Ports by node name, decided before any node runs, so that none waits for another's. */
export type NodePorts = ReadonlyMap<string, { readonly http: number; readonly staking: number }>;

/**
 * Starts the process of a node, unless it lives already. Returns as soon as the process exists.
 *
 * @returns the process ID.
 * @throws ToolkitError NODE_START_FAILED
 */
export async function ensureNodeStarted(
  node: CompiledNode,
  settings: StartSettings,
): Promise<number> {
  const folder = settings.folder.node(node.name);
  const living = findProcesses(folder).find(({ kind }) => kind === 'node');
  if (living !== undefined) return living.pid;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeNodeFiles(describeNode(node, settings));
  return spawnNode(settings.binaries.binary, folder);
}

/**
 * Chooses the ports of every node: those of a living one, else those of the last start when they are free, else any.
 */
export async function choosePorts(
  folder: NetworkFolder,
  names: readonly string[],
): Promise<NodePorts> {
  const ports = new Map<string, { readonly http: number; readonly staking: number }>();
  const taken = new Set<number>();
  const free = async (wish: number) => {
    let port = await findFreePort(wish);
    while (taken.has(port)) port = await findFreePort();
    taken.add(port);
    return port;
  };
  for (const name of names) {
    const last = await readPorts(folder.node(name));
    const lives = findProcesses(folder.node(name)).some(({ kind }) => kind === 'node');
    ports.set(
      name,
      lives && last.http !== 0
        ? last
        : { http: await free(last.http), staking: await free(last.staking) },
    );
  }
  return ports;
}

async function readPorts(folder: string): Promise<{ http: number; staking: number }> {
  try {
    const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
    return { http: Number(config['http-port']), staking: Number(config['staking-port']) };
  } catch {
    return { http: 0, staking: 0 };
  }
}

function describeNode(node: CompiledNode, settings: StartSettings): StartNodeParameters {
  const { network, binaries, folder, ports } = settings;
  const { manifest } = network;
  const chain = {
    config: { ...DEVELOPMENT_CHAIN_CONFIG, ...settings.chainConfig },
    ...(network.upgrade === undefined ? {} : { upgrade: network.upgrade }),
  };
  const peers: BootstrapPeer[] = network.nodes
    .filter((other) => other.primary && (!node.primary || other.index < node.index))
    .map((other) => ({
      nodeId: other.identity.nodeId,
      address: `127.0.0.1:${ports.get(other.name)!.staking}`,
    }));
  return {
    binary: binaries.binary,
    folder: folder.node(node.name),
    identity: node.identity,
    networkId: manifest.networkId,
    genesis: network.primaryGenesis,
    upgrade: network.networkUpgrade,
    httpPort: ports.get(node.name)!.http,
    stakingPort: ports.get(node.name)!.staking,
    bootstrap: peers,
    ...(node.validator && {
      pluginFolder: binaries.pluginFolder,
      trackSubnets: [manifest.subnetId],
      chains: { [manifest.blockchainId]: chain },
    }),
    flags: {
      ...(node.primary ? {} : { 'partial-sync-primary-network': true }),
      ...(manifest.topology === 'sybil-off' ? { 'sybil-protection-enabled': false } : {}),
      ...settings.flags,
    },
  };
}
