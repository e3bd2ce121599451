import { hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../../../genesis/base/hash.js';
import type { CallMessage } from '../../../genesis/evm/execute-call.js';
import type { AccountOverride } from '../chain/override-state.js';
import { parseAddress, parseBytes, parseQuantity } from './parse-values.js';
import { RpcError } from './rpc-error.js';

/** A call or a transaction that is not signed yet. */
export interface MessageRequest extends Omit<CallMessage, 'accessList'> {
  readonly nonce?: bigint;
  readonly maxFeePerGas?: bigint;
  readonly maxPriorityFeePerGas?: bigint;
  readonly accessList?: readonly { readonly address: Hex; readonly storageKeys: readonly Hex[] }[];
}

/** Reads the object that `eth_call`, `eth_estimateGas` and `eth_sendTransaction` take. @throws RpcError -32602. */
export function parseMessage(value: unknown): MessageRequest {
  const object = parseObject(value, 'transaction');
  const { from, to, data, input, gas, gasPrice, nonce, maxFeePerGas, maxPriorityFeePerGas } =
    object;
  if (data !== undefined && input !== undefined && data !== input)
    throw new RpcError('invalidParams', 'data and input differ; give one of them');
  const bytes = input ?? data;
  const given = (item: unknown) => item !== undefined && item !== null;
  return {
    ...(given(from) && { from: parseAddress(from, 'from') }),
    ...(given(to) && { to: parseAddress(to, 'to') }),
    ...(given(bytes) && { data: hexToBytes(parseBytes(bytes, 'data').slice(2)) }),
    ...(given(object.value) && { value: parseQuantity(object.value, 'value') }),
    ...(given(gas) && { gas: parseQuantity(gas, 'gas') }),
    ...(given(gasPrice) && { gasPrice: parseQuantity(gasPrice, 'gasPrice') }),
    ...(given(nonce) && { nonce: parseQuantity(nonce, 'nonce') }),
    ...(given(maxFeePerGas) && { maxFeePerGas: parseQuantity(maxFeePerGas, 'maxFeePerGas') }),
    ...(given(maxPriorityFeePerGas) && {
      maxPriorityFeePerGas: parseQuantity(maxPriorityFeePerGas, 'maxPriorityFeePerGas'),
    }),
    ...(given(object.accessList) && { accessList: parseAccessList(object.accessList) }),
  };
}

/** Reads the state overrides of a call, by address. @throws RpcError -32602. */
export function parseOverrides(value: unknown): ReadonlyMap<Hex, AccountOverride> {
  if (value === undefined || value === null) return new Map();
  return new Map(
    Object.entries(parseObject(value, 'state overrides')).map(([name, item]) => {
      const { balance, nonce, code, state, stateDiff } = parseObject(item, name);
      return [
        parseAddress(name, 'address'),
        {
          balance: balance === undefined ? undefined : parseQuantity(balance, 'balance'),
          nonce: nonce === undefined ? undefined : parseQuantity(nonce, 'nonce'),
          code: code === undefined ? undefined : parseBytes(code, 'code'),
          state: state === undefined ? undefined : parseSlots(state),
          stateDiff: stateDiff === undefined ? undefined : parseSlots(stateDiff),
        },
      ];
    }),
  );
}

/** Reads a slot or a word: up to 32 bytes, shorter ones filled from the left. @throws RpcError -32602. */
export function parseWord(value: unknown, name: string): Hex {
  if (typeof value === 'string' && /^0x[0-9a-fA-F]{0,64}$/.test(value))
    return `0x${value.slice(2).toLowerCase().padStart(64, '0')}`;
  throw new RpcError('invalidParams', `invalid ${name}: want up to 32 bytes of hex`);
}

/** Reads a plain object. @throws RpcError -32602. */
export function parseObject(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new RpcError('invalidParams', `invalid ${name}: want an object`);
}

function parseSlots(value: unknown): ReadonlyMap<Hex, Hex> {
  return new Map(
    Object.entries(parseObject(value, 'storage')).map(([slot, word]) => [
      parseWord(slot, 'slot'),
      parseWord(word, 'word'),
    ]),
  );
}

function parseAccessList(value: unknown) {
  if (!Array.isArray(value)) throw new RpcError('invalidParams', 'invalid accessList: want a list');
  return value.map((item) => {
    const { address, storageKeys } = parseObject(item, 'accessList item');
    if (!Array.isArray(storageKeys))
      throw new RpcError('invalidParams', 'invalid storageKeys: want a list');
    return {
      address: parseAddress(address, 'address'),
      storageKeys: storageKeys.map((key) => parseBytes(key, 'storageKeys', 32)),
    };
  });
}
