import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkFolder } from './network-folder.js';

/** Removes what a network has written, the manifest last, and the folder when nothing else is in it. */
export async function deleteNetwork(folder: NetworkFolder): Promise<void> {
  await rm(join(folder.root, 'nodes'), { recursive: true, force: true });
  const files = [
    folder.seed,
    folder.genesis,
    folder.upgrade,
    folder.primaryGenesis,
    folder.networkUpgrade,
    folder.journal,
    folder.manifest,
  ];
  for (const file of files) await rm(file, { force: true });
  // Somebody else's files stay, and with them the folder.
  await rmdir(folder.root).catch(() => undefined);
}
