import type { InterpreterStep } from '@ethereumjs/evm';
import { createAddressFromString, createZeroAddress } from '@ethereumjs/util';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../base/hash.js';
import { warp } from '../precompiles/warp.js';
import { evmBlock } from './apply-transaction.js';
import type { Engine } from './engine.js';
import { intrinsicGas } from './intrinsic-gas.js';
import { PrecompileFailure } from './precompiles/precompile-call.js';
import type { SignedTransaction } from './transaction.js';
import type { BlockHeader, Log } from './types.js';
import type { WorldState } from './world-state.js';

export interface CallMessage {
  readonly from?: Hex;
  /** Absent to create a contract. */
  readonly to?: Hex;
  readonly data?: Uint8Array;
  readonly value?: bigint;
  /** Gas limit with the intrinsic gas; default the block's. */
  readonly gas?: bigint;
  readonly gasPrice?: bigint;
  /** Makes accounts and slots cheap, for its price. Warp predicates in it count as valid, as they do in the node's calls. */
  readonly accessList?: SignedTransaction['accessList'];
}

export interface CallParameters {
  readonly state: WorldState;
  /** The block in whose place the call runs. */
  readonly header: Pick<BlockHeader, 'number' | 'timestamp' | 'gasLimit' | 'baseFee' | 'coinbase'>;
  readonly message: CallMessage;
  readonly blockHash?: (number: bigint) => Hex | undefined;
  /** Sees every instruction before it runs. */
  readonly onStep?: (step: InterpreterStep) => void;
}

export interface CallResult {
  /** With the intrinsic gas, as a transaction would use it. */
  readonly gasUsed: bigint;
  readonly returnValue: Uint8Array;
  /** The EVM's word for what went wrong, e.g. `revert`, or why it did not run at all. */
  readonly error: string | undefined;
  readonly logs: readonly Log[];
  readonly contractAddress: Hex | undefined;
}

/** Runs a message over a state without changing it: no nonce, no signature, no fee. */
export async function executeCall(engine: Engine, parameters: CallParameters): Promise<CallResult> {
  const { state, header, message, onStep } = parameters;
  const rules = engine.rules.at(header.timestamp);
  const evm = engine.evm(rules);
  const from: Hex = (message.from?.toLowerCase() as Hex | undefined) ?? `0x${'0'.repeat(40)}`;
  const sender = message.from === undefined ? createZeroAddress() : createAddressFromString(from);
  const { data = new Uint8Array(), value = 0n, accessList = [] } = message;
  const gas = message.gas ?? header.gasLimit;
  let intrinsic: bigint;
  try {
    const warpActive = engine.rules.enabled(warp.key, header.timestamp);
    intrinsic = intrinsicGas({ to: message.to, data, accessList }, rules, warpActive);
  } catch (error) {
    if (!(error instanceof PrecompileFailure)) throw error;
    return notRun(`the access list holds a malformed warp predicate: ${error.message}`, 0n);
  }
  if (gas < intrinsic) return notRun('out of gas', gas);
  const balance = state.get(from)?.balance ?? 0n;
  if (balance < value) {
    const words = `address ${from} have ${balance} want ${value}`;
    return notRun(`insufficient funds for gas * price + value: ${words}`, 0n);
  }
  engine.state.reset(state);
  for (const address of [from, message.to, header.coinbase]) {
    if (address !== undefined) evm.journal.addAlwaysWarmAddress(address.toLowerCase());
  }
  for (const address of evm.precompiles.keys()) evm.journal.addAlwaysWarmAddress(address);
  for (const { address, slots } of accessList) {
    evm.journal.addAlwaysWarmAddress(address);
    for (const slot of slots) evm.journal.addAlwaysWarmSlot(address, bytesToHex(slot));
  }
  const carried = accessList.filter(({ address }) => address === warp.address);
  const predicates = carried.map(({ slots }) => ({ bytes: concatBytes(...slots), valid: true }));
  evm.frame = {
    rules,
    active: engine.rules.active(header.timestamp),
    blockNumber: header.number,
    timestamp: header.timestamp,
    origin: from,
    network: engine.network,
    blockHash: parameters.blockHash ?? (() => undefined),
    predicates: new Map([[warp.address, predicates]]),
  };
  const listener = (step: InterpreterStep, resume?: () => void) => {
    onStep?.(step);
    resume?.();
  };
  if (onStep !== undefined) evm.events.on('step', listener);
  try {
    const { execResult, createdAddress } = await evm.runCall({
      caller: sender,
      origin: sender,
      ...(message.to !== undefined && { to: createAddressFromString(message.to) }),
      gasLimit: gas - intrinsic,
      gasPrice: message.gasPrice ?? 0n,
      value,
      data,
      block: evmBlock(header) as never,
    });
    return {
      gasUsed: intrinsic + execResult.executionGasUsed,
      returnValue: execResult.returnValue,
      error: execResult.exceptionError?.error,
      logs: (execResult.logs ?? []).map(([address, topics, bytes]) => ({
        address: `0x${bytesToHex(address)}`,
        topics: topics.map((topic): Hex => `0x${bytesToHex(topic)}`),
        data: `0x${bytesToHex(bytes)}`,
      })),
      contractAddress: message.to === undefined ? createdAddress?.toString() : undefined,
    };
  } finally {
    if (onStep !== undefined) evm.events.off('step', listener);
    evm.journal.cleanJournal();
    evm.transientStorage.clear();
    engine.state.reset(state);
  }
}

function notRun(error: string, gasUsed: bigint): CallResult {
  return { gasUsed, returnValue: new Uint8Array(), error, logs: [], contractAddress: undefined };
}
