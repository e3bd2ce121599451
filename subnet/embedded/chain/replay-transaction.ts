import { createBlockBuilder } from '../../../genesis/evm/block-builder.js';
import type { Engine } from '../../../genesis/evm/engine.js';
import type { Receipt } from '../../../genesis/evm/types.js';
import type { WorldState } from '../../../genesis/evm/world-state.js';
import type { BlockList, TransactionPlace } from './block-list.js';
import { type FrameWatcher, watchFrames } from './watch-frames.js';

/** What came of a transaction, with the states around it. */
export interface Replayed extends Receipt {
  readonly before: WorldState;
  readonly after: WorldState;
}

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
): Promise<Replayed> {
  const { header, transactions } = stored.block;
  const parent = blocks.at(header.number - 1n)!.block;
  const builder = await createBlockBuilder(engine, parent, {
    timestampMilliseconds: header.timeMilliseconds ?? header.timestamp * 1000n,
    coinbase: header.coinbase,
    blockHash: (number) => blocks.at(number)?.block.hash,
    ...(header.baseFee !== undefined && { baseFee: header.baseFee }),
  });
  for (const earlier of transactions.slice(0, index)) await builder.add(earlier);
  const before = engine.state.world();
  const stop = watchFrames(engine.evm(engine.rules.at(header.timestamp)), watcher);
  try {
    const receipt = await builder.add(transactions[index]!);
    return { ...receipt, before, after: engine.state.world() };
  } finally {
    stop();
  }
}
