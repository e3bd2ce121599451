import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VERSION_PROFILES } from '../network/version-profile.js';
import { SUBNET_EVM_ID } from '../network/vm-id.js';
import { hashFile } from './download-file.js';
import { inspectNode, type NodeBinaries } from './inspect-node.js';

/** What a build or a download left in its folder, to recognise damage later. */
export interface NodeBuildManifest {
  readonly version: string;
  readonly go: string;
  readonly compiler: string;
  readonly sha256: { readonly avalanchego: string; readonly plugin: string };
}

/**
 * The programs of a cache folder when they are complete and undamaged, else undefined. Both are hashed and asked who they
 * are; files that have not been touched since (size, inode, times of change to the nanosecond) are not hashed again.
 */
export async function readCachedNode(folder: string): Promise<NodeBinaries | undefined> {
  const binary = join(folder, 'avalanchego');
  const pluginFolder = join(folder, 'plugins');
  const plugin = join(pluginFolder, SUBNET_EVM_ID);
  try {
    const text = await readFile(join(folder, 'build.json'), 'utf8');
    const stamp = await stampOf([binary, plugin], text);
    const checked = await readChecked(folder);
    if (checked?.stamp === stamp) return { ...checked.node, binary, pluginFolder };
    const manifest = JSON.parse(text) as NodeBuildManifest;
    const [node, other] = await Promise.all([hashFile(binary), hashFile(plugin)]);
    if (node !== manifest.sha256.avalanchego || other !== manifest.sha256.plugin) return undefined;
    const found = await inspectNode(binary, pluginFolder);
    const file = join(folder, 'checked.json');
    // A cache that cannot be written only costs time.
    await writeFile(file, JSON.stringify({ stamp, node: found })).catch(() => undefined);
    return found;
  } catch {
    return undefined;
  }
}

async function stampOf(files: readonly string[], manifest: string): Promise<string> {
  const facts = await Promise.all(
    files.map(async (file) => {
      const { size, ino, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
      return [size, ino, mtimeNs, ctimeNs].join(' ');
    }),
  );
  const known = VERSION_PROFILES.map(({ version, rpcChainVm }) => `${version}/${rpcChainVm}`);
  return JSON.stringify([...facts, manifest, ...known]);
}

async function readChecked(
  folder: string,
): Promise<{ readonly stamp: string; readonly node: NodeBinaries } | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'checked.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
