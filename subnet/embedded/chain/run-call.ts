import { hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../../../genesis/base/hash.js';
import type { Engine } from '../../../genesis/evm/engine.js';
import {
  type CallParameters,
  type CallResult,
  executeCall,
} from '../../../genesis/evm/execute-call.js';
import { type FrameWatcher, watchFrames } from './watch-frames.js';

/** A call over a block's state. */
export interface ChainCall extends Omit<CallParameters, 'blockHash' | 'onStep'> {
  readonly accessList?:
    | readonly { readonly address: Hex; readonly storageKeys: readonly Hex[] }[]
    | undefined;
  readonly onFrames?: FrameWatcher | undefined;
}

/** Runs a message over a block's state; its access list makes accounts and slots cheap, for its price. */
export async function runCall(
  engine: Engine,
  { accessList = [], onFrames, message, ...parameters }: ChainCall,
  blockHash: (number: bigint) => Hex | undefined,
): Promise<CallResult> {
  const evm = engine.evm(engine.rules.at(parameters.header.timestamp));
  const listed = accessList.map(({ address, storageKeys }) => ({
    address,
    slots: storageKeys.map((key) => hexToBytes(key.slice(2))),
  }));
  const stop = onFrames && watchFrames(evm, onFrames);
  try {
    return await executeCall(engine, {
      ...parameters,
      message: { ...message, accessList: listed },
      blockHash,
    });
  } finally {
    stop?.();
  }
}
