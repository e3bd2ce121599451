import { mkdir, realpath } from 'node:fs/promises';
import { endProcesses } from './end-processes.js';
import type { StartNodeParameters } from './node-parameters.js';
import { awaitNode, type RunningNode, spawnNode } from './spawn-node.js';
import { writeNodeFiles } from './write-node-files.js';

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
