import type { EVMResult, InterpreterStep, Message } from '@ethereumjs/evm';
import type { SubnetEvm } from '../../../genesis/evm/subnet-evm.js';

/** Sees an execution: each instruction before it runs, each frame when it begins and ends. */
export interface FrameWatcher {
  readonly step?: ((step: InterpreterStep) => void) | undefined;
  readonly enter?: ((message: Message) => void) | undefined;
  readonly leave?: ((result: EVMResult) => void) | undefined;
}

/** Watches an EVM until the returned function is called. */
export function watchFrames(
  { events }: SubnetEvm,
  { step, enter, leave }: FrameWatcher,
): () => void {
  // The EVM waits for the second argument of listeners that take two; these take one.
  const onStep = step && ((event: InterpreterStep) => step(event));
  const onEnter = enter && ((event: Message) => enter(event));
  const onLeave = leave && ((event: EVMResult) => leave(event));
  if (onStep) events.on('step', onStep);
  if (onEnter) events.on('beforeMessage', onEnter);
  if (onLeave) events.on('afterMessage', onLeave);
  return () => {
    if (onStep) events.off('step', onStep);
    if (onEnter) events.off('beforeMessage', onEnter);
    if (onLeave) events.off('afterMessage', onLeave);
  };
}
