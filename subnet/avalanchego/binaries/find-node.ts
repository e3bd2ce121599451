import { access, readdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { V1_14_2 } from '../network/version-profile.js';
import { findNodeCacheFolder } from './build-node.js';
import { verifyDescriptorLimit } from './fetch-node.js';
import { inspectNode, type NodeBinaries } from './inspect-node.js';
import { readCachedNode } from './read-cached-node.js';
import { readDescriptorLimit } from './read-descriptor-limit.js';

export interface FindNodeParameters {
  readonly moduleFolder: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One place that was looked at, and what was there. */
export interface NodeAttempt {
  readonly place: string;
  readonly outcome: string;
}

export interface FoundNode extends NodeBinaries {
  /** The place that won. */
  readonly source: string;
  readonly attempts: readonly NodeAttempt[];
}

/**
 * Finds the node's programs, in this order: `AVALANCHEGO_PATH` (with `AVALANCHEGO_PLUGIN_DIR` or
 * `AVAGO_PLUGIN_DIR`), `avalanchego` on `PATH`, the toolkit's own build, a release that was fetched. A program that was named
 * explicitly and does not fit is an error; one that merely lies on `PATH` is passed over.
 *
 * @throws ToolkitError NODE_NOT_FOUND with every place and its outcome, or what `inspectNode` throws for `AVALANCHEGO_PATH`.
 */
export async function findNode(parameters: FindNodeParameters): Promise<FoundNode> {
  const { env } = parameters;
  const attempts: NodeAttempt[] = [];
  const named = env.AVALANCHEGO_PATH;
  if (named !== undefined && named !== '') {
    const found = await inspectNode(named, pluginFolderOf(named, env));
    return { ...found, source: 'AVALANCHEGO_PATH', attempts };
  }
  attempts.push({ place: 'AVALANCHEGO_PATH', outcome: 'not set' });

  const onPath = await findOnPath(env.PATH ?? '');
  if (onPath === undefined) {
    attempts.push({ place: 'PATH', outcome: 'no avalanchego there' });
  } else {
    try {
      const found = await inspectNode(onPath, pluginFolderOf(onPath, env));
      return { ...found, source: 'PATH', attempts };
    } catch (error) {
      if (!(error instanceof ToolkitError)) throw error;
      attempts.push({ place: 'PATH', outcome: `${onPath}: ${error.message}` });
    }
  }

  const folder = await findNodeCacheFolder(parameters.moduleFolder, parameters.home);
  const cached = await readCachedNode(folder);
  if (cached !== undefined) return { ...cached, source: 'cache', attempts };
  attempts.push({ place: 'cache', outcome: `${folder} does not hold a complete build` });

  const fetched = await findFetched(parameters.home, attempts);
  if (fetched !== undefined) return { ...fetched, source: 'fetched release', attempts };
  throw new ToolkitError({
    code: 'NODE_NOT_FOUND',
    message: 'No AvalancheGo was found.',
    problems: attempts.map(({ place, outcome }) => ({
      code: 'NODE_NOT_FOUND',
      path: place,
      message: outcome,
    })),
    next: 'masa node build (needs Go and a C compiler, about two minutes), masa node fetch, or set AVALANCHEGO_PATH and AVALANCHEGO_PLUGIN_DIR.',
  });
}

/** Fetched programs that are whole and can run here; of several, those of the release that `masa node build` makes. */
async function findFetched(
  home: string,
  attempts: NodeAttempt[],
): Promise<NodeBinaries | undefined> {
  const folder = join(home, 'node', 'fetched');
  const names = await readdir(folder).catch((): string[] => []);
  const whole: NodeBinaries[] = [];
  for (const name of names.filter((one) => /^[0-9a-f]{16}$/.test(one)).sort()) {
    const node = await readCachedNode(join(folder, name));
    if (node !== undefined) whole.push(node);
  }
  const best = whole.find(({ version }) => version === V1_14_2.version) ?? whole[0];
  try {
    if (best !== undefined) verifyDescriptorLimit(readDescriptorLimit());
    else attempts.push({ place: 'fetched release', outcome: 'none whole in the cache' });
    return best;
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    attempts.push({ place: 'fetched release', outcome: error.message });
    return undefined;
  }
}

function pluginFolderOf(binary: string, env: Readonly<Record<string, string | undefined>>): string {
  return env.AVALANCHEGO_PLUGIN_DIR || env.AVAGO_PLUGIN_DIR || join(dirname(binary), 'plugins');
}

async function findOnPath(path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue;
    const candidate = join(folder, 'avalanchego');
    try {
      await access(candidate);
      return candidate;
    } catch {
      // look further
    }
  }
  return undefined;
}
