import type { Message } from '@ethereumjs/evm';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hex } from '../../../genesis/base/hash.js';
import type { FrameWatcher } from '../chain/watch-frames.js';
import { formatQuantity } from '../rpc/format-quantity.js';
import { revertError } from '../rpc/revert-error.js';

/** A frame as geth's callTracer writes it. */
export interface CallFrame {
  type: string;
  from: Hex;
  to?: Hex;
  value?: Hex;
  gas: Hex;
  gasUsed: Hex;
  input: Hex;
  output?: Hex;
  error?: string;
  revertReason?: string;
  logs?: { address: Hex; topics: Hex[]; data: Hex; position: Hex }[];
  calls?: CallFrame[];
}

/** Collects the tree of calls. */
export function createCallTracer(options: {
  readonly onlyTopCall?: boolean | undefined;
  readonly withLog?: boolean | undefined;
}) {
  const open: CallFrame[] = [];
  let root: CallFrame | undefined;
  let lastOperation = 'CALL';
  const watcher: FrameWatcher = {
    step({ opcode, stack, memory, address }) {
      lastOperation = opcode.name;
      if (options.withLog !== true || !/^LOG[0-4]$/.test(opcode.name)) return;
      const [offset, size, ...rest] = [...stack].reverse().map(Number);
      const topics = [...stack].reverse().slice(2, 2 + Number(opcode.name.at(-1)));
      const frame = open.at(-1);
      if (frame === undefined || rest === undefined) return;
      const data = new Uint8Array(size ?? 0);
      data.set(memory.subarray(offset, (offset ?? 0) + (size ?? 0)));
      frame.logs ??= [];
      frame.logs.push({
        address: address.toString(),
        topics: topics.map((topic): Hex => `0x${topic.toString(16).padStart(64, '0')}`),
        data: `0x${bytesToHex(data)}`,
        position: formatQuantity(frame.calls?.length ?? 0),
      });
    },
    enter(message) {
      const frame = begin(message, open.length === 0 ? undefined : lastOperation);
      const parent = open.at(-1);
      if (parent === undefined) root = frame;
      else if (options.onlyTopCall !== true) {
        parent.calls ??= [];
        parent.calls.push(frame);
      }
      open.push(frame);
    },
    leave({ execResult, createdAddress }) {
      const frame = open.pop();
      if (frame === undefined) return;
      const { exceptionError, returnValue, executionGasUsed } = execResult;
      frame.gasUsed = formatQuantity(executionGasUsed);
      if (returnValue.length > 0) frame.output = `0x${bytesToHex(returnValue)}`;
      if (createdAddress !== undefined) frame.to = createdAddress.toString();
      if (exceptionError === undefined) return;
      const reverted = exceptionError.error === 'revert';
      frame.error = reverted ? 'execution reverted' : exceptionError.error;
      delete frame.logs;
      const reason = revertError(frame.output ?? '0x').message.slice('execution reverted: '.length);
      if (reverted && reason !== '') frame.revertReason = reason;
    },
  };
  return {
    watcher,
    /** The tree, with the gas that the transaction as a whole has and uses. */
    result: (gas: bigint, { gasUsed }: { gasUsed: bigint }) =>
      root && { ...root, gas: formatQuantity(gas), gasUsed: formatQuantity(gasUsed) },
  };
}

function begin(message: Message, operation: string | undefined): CallFrame {
  const { to, caller, value, data, gasLimit } = message;
  const type = operation ?? (to === undefined ? 'CREATE' : 'CALL');
  const borrowed = type === 'DELEGATECALL' || type === 'CALLCODE';
  const target = to === undefined ? undefined : message.codeAddress.toString();
  return {
    type,
    from: borrowed && to !== undefined ? to.toString() : caller.toString(),
    ...(target !== undefined && { to: target }),
    ...(type !== 'STATICCALL' && { value: formatQuantity(value) }),
    gas: formatQuantity(gasLimit),
    gasUsed: '0x0',
    input: `0x${bytesToHex(data)}`,
  };
}
