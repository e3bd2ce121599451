import type { InterpreterStep } from '@ethereumjs/evm';
import { createAddressFromString, createZeroAddress } from '@ethereumjs/util';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hex } from '../base/hash.js';
import { evmBlock } from './apply-transaction.js';
import type { Engine } from './engine.js';
import { intrinsicGas } from './intrinsic-gas.js';
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
  /** The EVM's word for what went wrong, e.g. `revert`. */
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
  const data = message.data ?? new Uint8Array();
  const intrinsic = intrinsicGas({ to: message.to, data, accessList: [] }, rules, false);
  const gas = message.gas ?? header.gasLimit;
  if (gas < intrinsic) {
    return {
      gasUsed: gas,
      returnValue: new Uint8Array(),
      error: 'out of gas',
      logs: [],
      contractAddress: undefined,
    };
  }
  engine.state.reset(state);
  for (const address of [from, message.to, header.coinbase]) {
    if (address !== undefined) evm.journal.addAlwaysWarmAddress(address.toLowerCase());
  }
  for (const address of evm.precompiles.keys()) evm.journal.addAlwaysWarmAddress(address);
  evm.frame = {
    rules,
    active: engine.rules.active(header.timestamp),
    blockNumber: header.number,
    origin: from,
    network: engine.network,
    blockHash: parameters.blockHash ?? (() => undefined),
    predicates: new Map(),
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
      value: message.value ?? 0n,
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
