import type { InterpreterStep } from '@ethereumjs/evm';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hex } from '../../../genesis/base/hash.js';
import type { JournaledState } from '../../../genesis/evm/journaled-state.js';
import type { FrameWatcher } from '../chain/watch-frames.js';
import { formatQuantity } from '../rpc/format-quantity.js';

/** Steps that one trace holds; more would not fit into an answer. */
const mostSteps = 200_000;

export interface StructOptions {
  readonly disableStack?: boolean | undefined;
  readonly disableStorage?: boolean | undefined;
  readonly enableMemory?: boolean | undefined;
}

/** Collects one line per instruction, as geth's default tracer does. */
export function createStructTracer(state: JournaledState, options: StructOptions) {
  const logs: Record<string, unknown>[] = [];
  const seen = new Map<Hex, Record<string, string>>();
  const storageOf = ({ opcode, stack, address }: InterpreterStep) => {
    if (options.disableStorage === true) return undefined;
    if (opcode.name !== 'SLOAD' && opcode.name !== 'SSTORE') return undefined;
    const owner = address.toString();
    const slots = seen.get(owner) ?? {};
    seen.set(owner, slots);
    const slot = word(stack.at(-1) ?? 0n);
    slots[slot] =
      opcode.name === 'SSTORE'
        ? word(stack.at(-2) ?? 0n)
        : bytesToHex(state.readStorage(owner, `0x${slot}`)).padStart(64, '0');
    return { ...slots };
  };
  const watcher: FrameWatcher = {
    step(step) {
      if (logs.length >= mostSteps) return;
      const storage = storageOf(step);
      const memory = bytesToHex(step.memory);
      logs.push({
        pc: step.pc,
        op: step.opcode.name,
        gas: Number(step.gasLeft),
        gasCost: Number(step.opcode.dynamicFee ?? step.opcode.fee),
        depth: step.depth + 1,
        ...(options.disableStack !== true && { stack: step.stack.map(formatQuantity) }),
        ...(options.enableMemory === true && { memory: memory.match(/.{64}/g) ?? [] }),
        ...(storage !== undefined && { storage }),
      });
    },
  };
  return {
    watcher,
    result: (outcome: { gasUsed: bigint; returnValue: Uint8Array; error: string | undefined }) => ({
      gas: Number(outcome.gasUsed),
      failed: outcome.error !== undefined,
      returnValue: `0x${bytesToHex(outcome.returnValue)}`,
      structLogs: logs,
    }),
  };
}

function word(value: bigint): string {
  return value.toString(16).padStart(64, '0');
}
