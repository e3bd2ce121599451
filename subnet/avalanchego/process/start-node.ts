import { mkdir, realpath } from 'node:fs/promises';
import type { NodeIdentity } from '../keys/derive-node-identity.js';
import { endProcesses } from './end-processes.js';
import type { BootstrapPeer } from './node-flags.js';
import { awaitNode, type RunningNode, spawnNode } from './spawn-node.js';
import { writeNodeFiles } from './write-node-files.js';

export interface StartNodeParameters {
  /** The avalanchego program. */
  readonly binary: string;
  /** Folder of plugins; primary nodes get none. */
  readonly pluginFolder?: string;
  /** Folder for everything the node keeps; made when missing, reused when not. */
  readonly folder: string;
  readonly identity: NodeIdentity;
  readonly networkId: number;
  /** Text of the network's genesis and upgrade files. */
  readonly genesis: string;
  readonly upgrade: string;
  readonly trackSubnets?: readonly string[];
  /** `config.json` and `upgrade.json` by blockchain ID, read by the node at its start only. */
  readonly chains?: Readonly<
    Record<string, { readonly config: unknown; readonly upgrade?: string }>
  >;
  /** Nodes to learn the network from; none for the first node. */
  readonly bootstrap?: readonly BootstrapPeer[];
  /** Default 0: the system chooses. */
  readonly httpPort?: number;
  readonly stakingPort?: number;
  /** Further flags, which win over the defaults. */
  readonly flags?: Readonly<Record<string, unknown>>;
}

/**
 * Starts one AvalancheGo process on loopback with ports of the system's choice and waits until its
 * API answers (about a second). The chains may need longer: see {@link waitUntil}.
 *
 * @throws ToolkitError NODE_START_FAILED with the last lines of its output when it ends or stays silent.
 */
export async function startNode(parameters: StartNodeParameters): Promise<RunningNode> {
  await mkdir(parameters.folder, { recursive: true });
  // Processes are found by the folder's real name.
  const node = { ...parameters, folder: await realpath(parameters.folder) };
  await writeNodeFiles(node);
  const pid = await spawnNode(node.binary, node.folder);
  try {
    return await awaitNode(pid, node.folder);
  } catch (error) {
    await endProcesses(node.folder);
    throw error;
  }
}
