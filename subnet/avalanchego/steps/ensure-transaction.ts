import { sha256 } from '../../../genesis/base/hash.js';
import type { Journal } from '../../journal/journal.js';
import { getTransactionStatus, issueTransaction } from '../p-chain/issue-transaction.js';
import type { CompiledTransaction } from '../plan/compile-network.js';
import { callJsonRpc } from '../process/call-json-rpc.js';

/**
 * Brings a transaction onto the P-Chain, unless it is there. Its ID and bytes are in the journal before it is sent, and
 * they never change: a second sending can only be the same transaction.
 *
 * @param uris primary nodes.
 * @returns what was done.
 */
export async function ensureTransaction(
  transaction: CompiledTransaction,
  uris: readonly string[],
  journal: Journal,
): Promise<'sent' | 'found'> {
  const { step, id, coin } = transaction;
  const hash = sha256(transaction.bytes);
  const { status } = await getTransactionStatus(uris[0]!, id);
  const outcome = status === 'Committed' ? 'found' : 'sent';
  if (outcome === 'sent') {
    const raw = `0x${Buffer.from(transaction.bytes).toString('hex')}` as const;
    journal.append({ kind: 'intended', step, nonce: coin, hash, raw });
  }
  await issueTransaction(uris, transaction, step);
  if (outcome === 'found') {
    journal.append({ kind: 'found', step, detail: id });
    return outcome;
  }
  const { height } = await callJsonRpc<{ height: string }>(
    `${uris[0]}/ext/bc/P`,
    'platform.getHeight',
    {},
  );
  journal.append({ kind: 'confirmed', step, hash, blockNumber: Number(height), gasUsed: 0 });
  return outcome;
}
