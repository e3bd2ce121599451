import type { StoredBlock } from '../chain/block-list.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import { parseBlockReference } from '../rpc/parse-values.js';
import { RpcError } from '../rpc/rpc-error.js';

/**
 * The block that a parameter speaks of; undefined when there is none. Every block is final at once; `pending` is the
 * block that would be made now of what waits.
 *
 * @throws RpcError -32602.
 */
export async function findBlock(
  chain: EmbeddedChain,
  value: unknown,
): Promise<StoredBlock | undefined> {
  const reference = parseBlockReference(value);
  if (reference.kind === 'number') return chain.blocks.at(reference.number);
  if (reference.kind === 'hash') return chain.blocks.byHash(reference.hash);
  if (reference.tag === 'pending') return chain.pending();
  return reference.tag === 'earliest' ? chain.blocks.at(0) : chain.head;
}

/** As {@link findBlock}. @throws RpcError -32000 when there is no such block. */
export async function getBlock(chain: EmbeddedChain, value: unknown): Promise<StoredBlock> {
  const found = await findBlock(chain, value);
  if (found !== undefined) return found;
  throw new RpcError('rejected', `header not found: there is no block ${JSON.stringify(value)}`);
}
