import { readFile } from 'node:fs/promises';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { type NetworkManifest, networkManifestSchema } from '../plan/network-manifest.js';
import type { NetworkFolder } from './network-folder.js';

export interface StoredNetwork {
  readonly manifest: NetworkManifest;
  readonly seed: string;
  readonly genesis: string;
  readonly upgrade: string | undefined;
  readonly networkUpgrade: string;
}

/**
 * The network of a folder, or undefined when there is none. The manifest is written last, so that a network without one
 * has not begun.
 *
 * @throws ToolkitError NETWORK_DAMAGED (exit 2) when its files cannot be read.
 */
export async function readNetwork(folder: NetworkFolder): Promise<StoredNetwork | undefined> {
  let where = folder.manifest;
  const read = (path: string) => {
    where = path;
    return readFile(path, 'utf8');
  };
  try {
    const text = await read(folder.manifest).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    const manifest = networkManifestSchema.parse(JSON.parse(text));
    return {
      manifest,
      seed: await read(folder.seed),
      genesis: await read(folder.genesis),
      upgrade: manifest.chain.upgradeFile === undefined ? undefined : await read(folder.upgrade),
      networkUpgrade: await read(folder.networkUpgrade),
    };
  } catch (cause) {
    throw new ToolkitError({
      code: 'NETWORK_DAMAGED',
      message: `A file of the network cannot be read: ${(cause as Error).message.slice(0, 300)}`,
      where,
      next: 'Restore it from a copy, or remove the folder and begin anew.',
      exitCode: 2,
      cause,
    });
  }
}

/** @throws ToolkitError NETWORK_NOT_FOUND (exit 2), and what {@link readNetwork} throws. */
export async function requireNetwork(folder: NetworkFolder): Promise<StoredNetwork> {
  const found = await readNetwork(folder);
  if (found !== undefined) return found;
  throw new ToolkitError({
    code: 'NETWORK_NOT_FOUND',
    message: 'There is no network in this folder.',
    where: folder.root,
    next: 'masa subnet up --engine avalanchego starts one; --data-dir names another folder.',
    exitCode: 2,
  });
}
