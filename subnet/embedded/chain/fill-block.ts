import { ToolkitError } from '../../../genesis/base/errors.js';
import type { Hex } from '../../../genesis/base/hash.js';
import type { BlockBuilder } from '../../../genesis/evm/block-builder.js';
import { effectivePrice, type SignedTransaction } from '../../../genesis/evm/transaction.js';

/** What became of the transactions that a block could have taken. */
export interface FilledBlock {
  readonly taken: readonly SignedTransaction[];
  /** By hash, why no block will take a transaction; those that only do not fit now are not here. */
  readonly refused: ReadonlyMap<Hex, { readonly transaction: SignedTransaction; error: Error }>;
}

/**
 * Puts transactions into a block, the dearest first.
 *
 * @param lists Per sender, in the order of their nonces.
 * @param waitForFee Whether one that pays less than the base fee may wait for a cheaper block.
 */
export async function fillBlock(
  builder: BlockBuilder,
  lists: readonly (readonly SignedTransaction[])[],
  waitForFee: boolean,
): Promise<FilledBlock> {
  const baseFee = builder.header.baseFee ?? 0n;
  const taken: SignedTransaction[] = [];
  const refused = new Map<Hex, { transaction: SignedTransaction; error: Error }>();
  const ready = lists.filter((list) => list.length > 0).map((list) => ({ list, at: 0 }));
  const price = ({ list, at }: (typeof ready)[number]) => effectivePrice(list[at]!, baseFee);
  while (ready.length > 0) {
    if (ready.length > 1) ready.sort((a, b) => compare(price(b), price(a)));
    const next = ready[0]!;
    const transaction = next.list[next.at]!;
    next.at += 1;
    try {
      await builder.add(transaction);
      taken.push(transaction);
    } catch (error) {
      next.at = next.list.length;
      const code = error instanceof ToolkitError ? error.code : '';
      const later =
        code === 'TRANSACTION_BLOCK_FULL' || (code === 'TRANSACTION_FEE_TOO_LOW' && waitForFee);
      if (!later) refused.set(transaction.hash, { transaction, error: error as Error });
    }
    if (next.at === next.list.length) ready.shift();
  }
  return { taken, refused };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
