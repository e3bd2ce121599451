import { compareValues } from '../plan/compare-values.js';
import { callJsonRpc } from '../process/call-json-rpc.js';
import type { Mismatch } from './mismatch.js';

/** The network's own upgrade times, as a node uses them, against the file that it was given. */
export async function checkNetworkUpgrades(
  uri: string,
  file: string,
): Promise<readonly Mismatch[]> {
  const reported = await callJsonRpc<Record<string, unknown>>(
    `${uri}/ext/info`,
    'info.upgrades',
    {},
  );
  return compareValues(JSON.parse(file), reported).map(({ path, desired, found }) => ({
    what: `network upgrade ${path}`,
    computed: desired,
    reported: found,
  }));
}
