import { minimumDelay } from '../../../genesis/evm/block-delay.js';
import type { ChainBlock } from '../../../genesis/evm/chain-block.js';
import type { Engine } from '../../../genesis/evm/engine.js';

/** Earliest time of a block's child in milliseconds: Granite's delay, or before it the block rate at which blocks are free. */
export function earliestTime(engine: Engine, { header, state }: ChainBlock): bigint {
  if (header.timeMilliseconds !== undefined && header.minDelayExcess !== undefined)
    return header.timeMilliseconds + minimumDelay(header.minDelayExcess);
  const { blockGasCostStep, targetBlockRate } = engine.feesAfter(header, state);
  const free = header.blockGasCost === undefined || blockGasCostStep === 0n;
  return (header.timestamp + (free ? 0n : (targetBlockRate ?? 0n))) * 1000n;
}
