import { encodeErrorResult, parseAbi } from 'viem';
import { describe, expect, it } from 'vitest';
import { revertError } from './revert-error.js';

const abi = parseAbi(['error Error(string)', 'error Panic(uint256)', 'error Custom(uint8)']);

describe('revertError', () => {
  it('says the reason of Error(string)', () => {
    const data = encodeErrorResult({ abi, errorName: 'Error', args: ['too late'] });
    expect(revertError(data)).toMatchObject({
      rpcCode: 3,
      message: 'execution reverted: too late',
      data,
    });
  });
  it('says the code of Panic(uint256)', () => {
    const data = encodeErrorResult({ abi, errorName: 'Panic', args: [0x11n] });
    expect(revertError(data).message).toBe('execution reverted: panic code 0x11');
  });
  it('passes custom, empty and broken data through', () => {
    const custom = encodeErrorResult({ abi, errorName: 'Custom', args: [7] });
    for (const data of ['0x', custom, '0x08c379a0ff'] as const) {
      expect(revertError(data)).toMatchObject({ message: 'execution reverted', data });
    }
  });
});
