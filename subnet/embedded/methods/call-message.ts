import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hex } from '../../../genesis/base/hash.js';
import type { CallResult } from '../../../genesis/evm/execute-call.js';
import type { StoredBlock } from '../chain/block-list.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import { type AccountOverride, overrideState } from '../chain/override-state.js';
import type { FrameWatcher } from '../chain/watch-frames.js';
import type { MessageRequest } from '../rpc/parse-message.js';
import { revertError } from '../rpc/revert-error.js';
import { RpcError } from '../rpc/rpc-error.js';

/** Runs a message over a block's state with its header, as the node does. */
export function callMessage(
  chain: EmbeddedChain,
  { accessList, ...message }: MessageRequest,
  { block }: StoredBlock,
  overrides: ReadonlyMap<Hex, AccountOverride> = new Map(),
  onFrames?: FrameWatcher,
): Promise<CallResult> {
  const state = overrides.size === 0 ? block.state : overrideState(block.state, overrides);
  return chain.call({
    state,
    header: block.header,
    message,
    accessList,
    onFrames,
  });
}

/** The error that a client sees for a failed call. */
export function failCall({ error, returnValue }: CallResult): RpcError {
  if (error === 'revert') return revertError(`0x${bytesToHex(returnValue)}`);
  return new RpcError('rejected', error ?? 'execution failed');
}
