import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** Where everything of a network lies: one folder, which can be moved, copied or removed as a whole. */
export interface NetworkFolder {
  readonly root: string;
  readonly manifest: string;
  readonly journal: string;
  /** The seed that all keys follow from; readable by its owner alone. */
  readonly seed: string;
  readonly genesis: string;
  readonly upgrade: string;
  readonly primaryGenesis: string;
  readonly networkUpgrade: string;
  /** Data folder of one node. */
  node(name: string): string;
}

/** Paths of the files of a network. @param root absolute. */
export function networkFolder(root: string): NetworkFolder {
  const path = (name: string) => join(root, name);
  return {
    root,
    manifest: path('network.json'),
    journal: path('network.journal'),
    seed: path('seed'),
    genesis: path('genesis.json'),
    upgrade: path('upgrade.json'),
    primaryGenesis: path('primary-genesis.json'),
    networkUpgrade: path('network-upgrade.json'),
    node: (name) => join(root, 'nodes', name),
  };
}

/** The same, with the folder made and by its real name, by which its processes are found. */
export function openNetworkFolder(root: string): NetworkFolder {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  return networkFolder(realpathSync(root));
}
