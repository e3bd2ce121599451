import { decodeErrorResult, parseAbi } from 'viem';
import type { Hex } from '../../../genesis/base/hash.js';
import { RpcError } from './rpc-error.js';

const standard = parseAbi(['error Error(string)', 'error Panic(uint256)']);

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

function reason(data: Hex): string {
  try {
    const decoded = decodeErrorResult({ abi: standard, data });
    return decoded.errorName === 'Error'
      ? `: ${decoded.args[0]}`
      : `: panic code 0x${decoded.args[0].toString(16)}`;
  } catch {
    return '';
  }
}
