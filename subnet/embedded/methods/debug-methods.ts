import type { Hex } from '../../../genesis/base/hash.js';
import type { TransactionPlace } from '../chain/block-list.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import type { FrameWatcher } from '../chain/watch-frames.js';
import type { RpcMethod } from '../rpc/answer-rpc.js';
import { formatQuantity } from '../rpc/format-quantity.js';
import { parseMessage, parseObject, parseOverrides } from '../rpc/parse-message.js';
import { parseBytes } from '../rpc/parse-values.js';
import { RpcError } from '../rpc/rpc-error.js';
import { callMessage } from './call-message.js';
import { createCallTracer } from './call-tracer.js';
import { getBlock } from './find-block.js';
import { createStructTracer } from './struct-tracer.js';

interface Outcome {
  readonly gasUsed: bigint;
  readonly returnValue: Uint8Array;
  readonly error: string | undefined;
}

/** Methods that execute again and tell how it went. */
export function debugMethods(chain: EmbeddedChain): Record<string, RpcMethod> {
  const tracePlace = (place: TransactionPlace, options: unknown) => {
    const { gasLimit } = place.stored.block.transactions[place.index]!;
    return trace(chain, options, gasLimit, (watcher) => chain.replay(place, watcher));
  };
  const traceBlock: RpcMethod = async ([reference, options]) => {
    const stored = getBlock(chain, reference);
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
    debug_traceCall: ([request, reference, options]) => {
      const message = parseMessage(request);
      const stored = getBlock(chain, reference);
      const { stateOverrides } = parseObject(options ?? {}, 'options');
      const overrides = parseOverrides(stateOverrides);
      return trace(chain, options, message.gas ?? stored.block.header.gasLimit, (watcher) =>
        callMessage(chain, message, stored, overrides, watcher),
      );
    },
    eth_createAccessList: async ([request, reference]) => {
      const message = parseMessage(request);
      const stored = getBlock(chain, reference);
      const found = new Map<Hex, Set<Hex>>();
      const touch = (address: Hex) => {
        const slots = found.get(address) ?? new Set<Hex>();
        found.set(address, slots);
        return slots;
      };
      await callMessage(chain, message, stored, new Map(), {
        step({ opcode: { name }, stack, address }) {
          const top = (depth: number) => stack.at(-depth) ?? 0n;
          if (name === 'SLOAD' || name === 'SSTORE')
            touch(address.toString()).add(`0x${top(1).toString(16).padStart(64, '0')}`);
          else if (/^(BALANCE|EXTCODE.*|SELFDESTRUCT)$/.test(name)) touch(addressOf(top(1)));
          else if (/^(CALL|CALLCODE|DELEGATECALL|STATICCALL)$/.test(name)) touch(addressOf(top(2)));
        },
      });
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

function addressOf(word: bigint): Hex {
  return `0x${BigInt.asUintN(160, word).toString(16).padStart(40, '0')}`;
}

/** Runs something under the tracer that the options name. @throws RpcError -32602 for an unknown one. */
async function trace(
  chain: EmbeddedChain,
  value: unknown,
  gas: bigint,
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
  throw new RpcError(
    'invalidParams',
    `no tracer ${JSON.stringify(tracer)?.slice(0, 60)}; there are callTracer and the default of struct logs`,
  );
}
