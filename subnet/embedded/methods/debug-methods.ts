import type { Hex } from '../../../genesis/base/hash.js';
import type { WorldState } from '../../../genesis/evm/world-state.js';
import type { TransactionPlace } from '../chain/block-list.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import { overrideState } from '../chain/override-state.js';
import type { FrameWatcher } from '../chain/watch-frames.js';
import type { RpcMethod } from '../rpc/answer-rpc.js';
import { formatQuantity } from '../rpc/format-quantity.js';
import { parseMessage, parseObject, parseOverrides } from '../rpc/parse-message.js';
import { parseBytes } from '../rpc/parse-values.js';
import { RpcError } from '../rpc/rpc-error.js';
import { callMessage } from './call-message.js';
import { createCallTracer } from './call-tracer.js';
import { getBlock } from './find-block.js';
import { createPrestateTracer } from './prestate-tracer.js';
import { createStructTracer } from './struct-tracer.js';
import { watchTouched } from './watch-touched.js';

interface Outcome {
  readonly gasUsed: bigint;
  readonly returnValue: Uint8Array;
  readonly error: string | undefined;
  readonly before: WorldState;
  /** After the fees; a call has none. */
  readonly after?: WorldState;
}

/** Methods that execute again and tell how it went. */
export function debugMethods(chain: EmbeddedChain): Record<string, RpcMethod> {
  const tracePlace = (place: TransactionPlace, options: unknown) => {
    const { header, transactions } = place.stored.block;
    const { gasLimit, from, to } = transactions[place.index]!;
    const involved = [from, ...(to === undefined ? [] : [to]), header.coinbase];
    return trace(chain, options, { gas: gasLimit, involved }, (watcher) =>
      chain.replay(place, watcher),
    );
  };
  const traceBlock: RpcMethod = async ([reference, options]) => {
    const stored = await getBlock(chain, reference);
    const found: unknown[] = [];
    for (const [index, { hash }] of stored.block.transactions.entries()) {
      found.push({ txHash: hash, result: await tracePlace({ stored, index }, options) });
    }
    return found;
  };
  return {
    debug_traceTransaction: ([hash, options]) => {
      const place = chain.blocks.transaction(parseBytes(hash, 'transaction hash', 32));
      if (place === undefined) throw new RpcError('rejected', 'transaction not found');
      return tracePlace(place, options);
    },
    debug_traceBlockByNumber: traceBlock,
    debug_traceBlockByHash: ([hash, options]) =>
      traceBlock([{ blockHash: parseBytes(hash, 'block hash', 32) }, options]),
    debug_traceCall: async ([request, reference, options]) => {
      const message = parseMessage(request);
      const stored = await getBlock(chain, reference);
      const { stateOverrides } = parseObject(options ?? {}, 'options');
      const overrides = parseOverrides(stateOverrides);
      const { header, state } = stored.block;
      const { from = `0x${'0'.repeat(40)}`, to } = message;
      const involved = [from, ...(to === undefined ? [] : [to]), header.coinbase];
      const gas = message.gas ?? header.gasLimit;
      return trace(chain, options, { gas, involved }, async (watcher) => ({
        ...(await callMessage(chain, message, stored, overrides, watcher)),
        before: overrideState(state, overrides),
      }));
    },
    eth_createAccessList: async ([request, reference]) => {
      const message = parseMessage(request);
      const stored = await getBlock(chain, reference);
      const { watcher, touched: found } = watchTouched();
      await callMessage(chain, message, stored, new Map(), { step: watcher.step });
      const { rules } = chain.engine;
      const { timestamp } = stored.block.header;
      const free = new Set<string>([
        message.from ?? '',
        message.to ?? '',
        ...chain.engine.evm(rules.at(timestamp)).precompiles.keys(),
        ...rules.active(timestamp).keys(),
      ]);
      const accessList = [...found]
        .filter(([address, slots]) => slots.size > 0 || !free.has(address))
        .map(([address, slots]) => ({ address, storageKeys: [...slots] }));
      const listed = await callMessage(chain, { ...message, accessList }, stored);
      return {
        accessList,
        gasUsed: formatQuantity(listed.gasUsed),
        ...(listed.error !== undefined && { error: listed.error }),
      };
    },
  };
}

/** Runs something under the tracer that the options name. @throws RpcError -32602 for an unknown one. */
async function trace(
  chain: EmbeddedChain,
  value: unknown,
  { gas, involved }: { readonly gas: bigint; readonly involved: readonly Hex[] },
  execute: (watcher: FrameWatcher) => Promise<Outcome>,
): Promise<unknown> {
  const options = parseObject(value ?? {}, 'options');
  const { tracer } = options;
  if (tracer === undefined || tracer === null || tracer === '') {
    const struct = createStructTracer(chain.engine.state, options);
    return struct.result(await execute(struct.watcher));
  }
  if (tracer === 'callTracer') {
    const calls = createCallTracer(parseObject(options.tracerConfig ?? {}, 'tracerConfig'));
    return calls.result(gas, await execute(calls.watcher));
  }
  if (tracer === 'prestateTracer') {
    const config = parseObject(options.tracerConfig ?? {}, 'tracerConfig');
    const { state } = chain.engine;
    const prestate = createPrestateTracer(state, involved, config);
    const { before, after } = await execute(prestate.watcher);
    return prestate.result(before, after);
  }
  throw new RpcError(
    'invalidParams',
    `no tracer ${JSON.stringify(tracer)?.slice(0, 60)}; there are callTracer, prestateTracer and the default of struct logs`,
  );
}
