import { sha256 } from '@noble/hashes/sha2.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { callJsonRpc } from '../process/call-json-rpc.js';
import { waitUntil } from '../process/wait-until.js';
import type { SignedTransaction } from './sign-transaction.js';

/**
 * Sends a signed transaction to the P-Chain and waits until it is committed. A transaction that the
 * chain has already is not sent again.
 *
 * @param uri base URL of a node, e.g. `http://127.0.0.1:9650`.
 * @throws ToolkitError NODE_TRANSACTION_DROPPED when the chain refuses it.
 */
export async function issueTransaction(
  uri: string,
  transaction: SignedTransaction,
  name: string,
): Promise<void> {
  const url = `${uri}/ext/bc/P`;
  if ((await getStatus(url, transaction.id)).status === 'Committed') return;
  const checksum = sha256(transaction.bytes).subarray(28);
  await callJsonRpc(url, 'platform.issueTx', {
    tx: `0x${Buffer.concat([transaction.bytes, checksum]).toString('hex')}`,
    encoding: 'hex',
  });
  await waitUntil(`${name} ${transaction.id} is committed`, 30_000, async () => {
    const { status, reason } = await getStatus(url, transaction.id);
    if (status === 'Dropped') {
      throw new ToolkitError({
        code: 'NODE_TRANSACTION_DROPPED',
        message: `The P-Chain dropped ${name} ${transaction.id}: ${(reason ?? '').slice(0, 400)}`,
        where: url,
      });
    }
    return status === 'Committed';
  });
}

function getStatus(url: string, id: string): Promise<{ status: string; reason?: string }> {
  return callJsonRpc(url, 'platform.getTxStatus', { txID: id });
}
