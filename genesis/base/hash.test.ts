import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { bytesToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { hashValue, keccak256, sha256 } from './hash.js';

describe('keccak256', () => {
  // The hash of nothing and the function selector of transfer(address,uint256), both widely published.
  it.each([
    ['', '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
    ['transfer(address,uint256)', /^0xa9059cbb/],
  ])('hashes %j', (text, hash) => {
    expect(bytesToHex(keccak256(new TextEncoder().encode(text)))).toMatch(hash);
  });
});

describe('sha256', () => {
  it('equals the published value for abc', () => {
    expect(sha256('abc')).toBe(
      '0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('equals OpenSSL on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(sha256(bytes)).toBe(`0x${createHash('sha256').update(bytes).digest('hex')}`);
      }),
      { numRuns: 50 },
    );
  });
});

describe('hashValue', () => {
  it('is the hash of the canonical JSON', () => {
    expect(hashValue({ b: 1n, a: 'é' })).toBe(sha256('{"a":"é","b":"1"}'));
    expect(hashValue({ a: 'é', b: 1n })).toBe(hashValue({ b: 1n, a: 'é' }));
    expect(hashValue({ a: 1 })).not.toBe(hashValue({ a: 2 }));
  });
});
