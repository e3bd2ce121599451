import { hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { RpcError } from './rpc-error.js';

/** Selectors of what Solidity reverts with by itself. */
const standard = { error: '0x08c379a0', panic: '0x4e487b71' } as const;

/**
 * The error that clients expect for reverted execution: code 3, the revert data, and the reason in the message when
 * the data is `Error(string)` or `Panic(uint256)`. Clients decode custom errors from the data.
 *
 * @param data What the reverted call returned; `0x` when nothing.
 * @example revertError('0x').message // 'execution reverted'
 */
export function revertError(data: Hex): RpcError {
  return new RpcError('reverted', `execution reverted${reason(data)}`, data);
}

/** Decoded by hand: a library for it would be most of the time that a chain needs to start. */
function reason(data: Hex): string {
  const bytes = hexToBytes(data.slice(2));
  const word = (at: number) => BigInt(`0x0${data.slice(2 + 2 * at, 2 + 2 * (at + 32))}`);
  if (data.startsWith(standard.panic) && bytes.length >= 36)
    return `: panic code 0x${word(4).toString(16)}`;
  if (!data.startsWith(standard.error) || bytes.length < 68) return '';
  const start = word(4) + 4n;
  if (start + 32n > BigInt(bytes.length)) return '';
  const length = word(Number(start));
  if (start + 32n + length > BigInt(bytes.length)) return '';
  const text = bytes.subarray(Number(start) + 32, Number(start + 32n + length));
  try {
    return `: ${new TextDecoder('utf-8', { fatal: true }).decode(text)}`;
  } catch {
    return '';
  }
}
