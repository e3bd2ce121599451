import { mkdir } from 'node:fs/promises';
import type { CompiledNetwork } from '../plan/compile-network.js';
import type { NetworkFolder } from '../state/network-folder.js';
import { writeDurably } from '../state/write-durably.js';

/** Writes what the network is. The manifest comes last: without it nothing has begun. */
export async function ensureNetworkFiles(
  folder: NetworkFolder,
  network: CompiledNetwork,
  seed: string,
): Promise<void> {
  await mkdir(folder.root, { recursive: true, mode: 0o700 });
  await Promise.all([
    writeDurably(folder.seed, seed),
    writeDurably(folder.genesis, network.genesis),
    writeDurably(folder.primaryGenesis, network.primaryGenesis),
    writeDurably(folder.networkUpgrade, network.networkUpgrade),
    ...(network.upgrade === undefined ? [] : [writeDurably(folder.upgrade, network.upgrade)]),
  ]);
  await writeDurably(folder.manifest, `${JSON.stringify(network.manifest, null, 2)}\n`);
}
