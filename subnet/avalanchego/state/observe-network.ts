import { getTransactionStatus } from '../p-chain/issue-transaction.js';
import type { NetworkManifest } from '../plan/network-manifest.js';
import type { NetworkObservation } from '../plan/plan-network.js';
import { findProcesses } from '../process/find-processes.js';
import { readUri } from '../process/spawn-node.js';
import type { NetworkFolder } from './network-folder.js';

/** Looks at processes and chain; changes nothing. What cannot be asked counts as not done. */
export async function observeNetwork(
  folder: NetworkFolder,
  desired: NetworkManifest,
  found: NetworkManifest | undefined,
): Promise<NetworkObservation> {
  const processes = findProcesses(folder.root);
  const holders = (kind: 'node' | 'plugin') =>
    desired.nodes
      .map(({ name }) => name)
      .filter((name) =>
        processes.some((one) => one.kind === kind && one.folder === folder.node(name)),
      );
  const running = holders('node');
  const primary = desired.nodes.find((node) => node.primary && running.includes(node.name));
  const uri = primary === undefined ? undefined : await readUri(folder.node(primary.name));
  const committed: string[] = [];
  if (uri !== undefined) {
    for (const [step, id] of Object.entries(desired.transactions)) {
      const status = await getTransactionStatus(uri, id).catch(() => undefined);
      if (status?.status !== 'Committed') break; // each needs the one before
      committed.push(step);
    }
  }
  return {
    manifest: found,
    running,
    orphaned: holders('plugin').filter((name) => !running.includes(name)),
    committed,
  };
}
