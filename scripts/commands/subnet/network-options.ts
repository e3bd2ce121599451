import { resolve } from 'node:path';
import {
  type NetworkFolder,
  networkFolder,
} from '../../../subnet/avalanchego/state/network-folder.js';
import {
  requireNetwork,
  type StoredNetwork,
} from '../../../subnet/avalanchego/state/read-network.js';
import type { Context } from '../../context.js';
import { defaultNetworkFolder } from './engine-options.js';

/** The option by which commands find a network of real nodes. */
export const networkOptions = {
  'data-dir': {
    type: 'string',
    default: defaultNetworkFolder,
    describe: 'Folder of the network, as given to masa subnet up',
  },
} as const;

/** The network that a command speaks of. @throws ToolkitError NETWORK_NOT_FOUND, NETWORK_DAMAGED (exit 2). */
export async function loadNetwork(
  argv: { readonly dataDir: string },
  context: Pick<Context, 'cwd'>,
): Promise<{ readonly folder: NetworkFolder; readonly network: StoredNetwork }> {
  const path = resolve(context.cwd, argv.dataDir);
  await requireNetwork(networkFolder(path));
  const { realpath } = await import('node:fs/promises');
  const folder = networkFolder(await realpath(path));
  return { folder, network: await requireNetwork(folder) };
}
