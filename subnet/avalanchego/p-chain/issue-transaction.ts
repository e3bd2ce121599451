import { sha256 } from '@noble/hashes/sha2.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { callJsonRpc } from '../process/call-json-rpc.js';
import { waitUntil } from '../process/wait-until.js';
import type { SignedTransaction } from './sign-transaction.js';

/** How long a transaction may take before it is sent again, to nodes that may have lost it. */
const RESEND_MILLISECONDS = 3_000;

/**
 * Sends a signed transaction to the P-Chain and waits until every given node has committed it. A transaction that the
 * chain has already is not sent again. Several nodes are told at once, since only one of them may make the next block.
 *
 * @param uris base URLs of primary nodes, e.g. `http://127.0.0.1:9650`.
 * @throws ToolkitError NODE_TRANSACTION_DROPPED when the chain refuses it, NODE_CALL_REFUSED when no node takes it.
 */
export async function issueTransaction(
  uris: string | readonly string[],
  transaction: SignedTransaction,
  name: string,
): Promise<void> {
  const all = typeof uris === 'string' ? [uris] : uris;
  const isCommitted = async () => {
    const statuses = await Promise.all(all.map((uri) => getTransactionStatus(uri, transaction.id)));
    const dropped = statuses.find(({ status }) => status === 'Dropped');
    // A node drops what it cannot place yet; only when all do, the chain refuses it.
    if (dropped !== undefined && statuses.every(({ status }) => status === 'Dropped')) {
      throw new ToolkitError({
        code: 'NODE_TRANSACTION_DROPPED',
        message: `The P-Chain dropped ${name} ${transaction.id}: ${(dropped.reason ?? '').slice(0, 400)}`,
        where: all[0],
      });
    }
    return statuses.every(({ status }) => status === 'Committed');
  };
  const statuses = await Promise.all(all.map((uri) => getTransactionStatus(uri, transaction.id)));
  if (statuses.every(({ status }) => status === 'Committed')) return;
  let sent = Number.NEGATIVE_INFINITY;
  await waitUntil(`${name} ${transaction.id} is committed`, 60_000, async () => {
    if (performance.now() - sent > RESEND_MILLISECONDS) {
      await send(all, transaction);
      sent = performance.now();
    }
    return isCommitted();
  });
}

/** Status of a transaction on the P-Chain: `Committed`, `Processing`, `Dropped` with a reason, or `Unknown`. */
export function getTransactionStatus(
  uri: string,
  id: string,
): Promise<{ readonly status: string; readonly reason?: string }> {
  return callJsonRpc(`${uri}/ext/bc/P`, 'platform.getTxStatus', { txID: id });
}

async function send(uris: readonly string[], { bytes, id }: SignedTransaction): Promise<void> {
  const checksum = sha256(bytes).subarray(28);
  const tx = `0x${Buffer.concat([bytes, checksum]).toString('hex')}`;
  const outcomes = await Promise.allSettled(
    uris.map((uri) => callJsonRpc(`${uri}/ext/bc/P`, 'platform.issueTx', { tx, encoding: 'hex' })),
  );
  const refused = outcomes.find((one) => one.status === 'rejected');
  if (refused === undefined || outcomes.some((one) => one.status === 'fulfilled')) return;
  // It may have got into a block meanwhile, and then counts as a double spend.
  const statuses = await Promise.all(uris.map((uri) => getTransactionStatus(uri, id)));
  if (statuses.some(({ status }) => status === 'Committed' || status === 'Processing')) return;
  throw refused.reason;
}
