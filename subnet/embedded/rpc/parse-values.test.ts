import { describe, expect, it } from 'vitest';
import { parseAddress, parseBlockReference, parseBytes, parseQuantity } from './parse-values.js';

const refused = expect.objectContaining({ rpcCode: -32602 });
const hash = `0x${'Ab'.repeat(32)}`;

describe('parseQuantity', () => {
  it('reads hex quantities', () => {
    expect(parseQuantity('0x0', 'gas')).toBe(0n);
    expect(parseQuantity(`0x${'f'.repeat(64)}`, 'gas')).toBe(2n ** 256n - 1n);
  });
  it.each(['', '0x', '0x01', '10', 10, null, undefined, '0xg', `0x1${'0'.repeat(64)}`, '-0x1'])(
    'refuses %j',
    (value) => expect(() => parseQuantity(value, 'gas')).toThrow(refused),
  );
});

describe('parseBytes', () => {
  it('reads bytes in lower case', () => {
    expect(parseBytes('0x', 'data')).toBe('0x');
    expect(parseBytes(hash, 'hash', 32)).toBe(hash.toLowerCase());
  });
  it.each(['0x0', 'ff', '0xzz', 1, {}])('refuses %j', (value) =>
    expect(() => parseBytes(value, 'data')).toThrow(refused),
  );
  it('refuses an address of 19 bytes', () =>
    expect(() => parseAddress(`0x${'00'.repeat(19)}`, 'to')).toThrow(refused));
});

describe('parseBlockReference', () => {
  it('reads tags, numbers and EIP-1898 objects', () => {
    expect(parseBlockReference(undefined)).toEqual({ kind: 'tag', tag: 'latest' });
    expect(parseBlockReference('finalized')).toEqual({ kind: 'tag', tag: 'finalized' });
    expect(parseBlockReference('0x2')).toEqual({ kind: 'number', number: 2n });
    expect(parseBlockReference({ blockNumber: '0x3' })).toEqual({ kind: 'number', number: 3n });
    const byHash = { kind: 'hash', hash: hash.toLowerCase(), requireCanonical: false };
    expect(parseBlockReference({ blockHash: hash })).toEqual(byHash);
  });
  it.each([
    'newest',
    2,
    [],
    {},
    { blockHash: hash, blockNumber: '0x1' },
    { blockNumber: '0x1', x: 1 },
  ])('refuses %j', (value) => expect(() => parseBlockReference(value)).toThrow(refused));
});
