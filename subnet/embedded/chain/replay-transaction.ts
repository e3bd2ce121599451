import { createBlockBuilder } from '../../../genesis/evm/block-builder.js';
import type { Engine } from '../../../genesis/evm/engine.js';
import type { Receipt } from '../../../genesis/evm/types.js';
import type { BlockList, TransactionPlace } from './block-list.js';
import { type FrameWatcher, watchFrames } from './watch-frames.js';

/**
 * Executes a mined transaction again, after the ones before it in its block.
 *
 * @param watcher Begins to watch when the state is the one that the transaction found.
 */
export async function replayTransaction(
  engine: Engine,
  blocks: BlockList,
  { stored, index }: TransactionPlace,
  watcher: FrameWatcher,
): Promise<Receipt> {
  const { header, transactions } = stored.block;
  const parent = blocks.at(header.number - 1n)!.block;
  const builder = await createBlockBuilder(engine, parent, {
    timestampMilliseconds: header.timeMilliseconds ?? header.timestamp * 1000n,
    coinbase: header.coinbase,
    blockHash: (number) => blocks.at(number)?.block.hash,
    ...(header.baseFee !== undefined && { baseFee: header.baseFee }),
  });
  for (const earlier of transactions.slice(0, index)) await builder.add(earlier);
  const stop = watchFrames(engine.evm(engine.rules.at(header.timestamp)), watcher);
  try {
    return await builder.add(transactions[index]!);
  } finally {
    stop();
  }
}
