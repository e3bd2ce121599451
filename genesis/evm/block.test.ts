import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import type { Hex } from '../base/hash.js';
import { encodeBlock, parseBlock } from './block.js';
import { chain } from './test-chain.js';

const { header } = chain('0x00').head;
type Items = (Uint8Array | Items)[];
const raw = encodeBlock(header, [hexToBytes('02c0'), hexToBytes('c20102')]);
const items = () => RLP.decode(hexToBytes(raw.slice(2))) as unknown as [Items, Items, Items];
const encoded = (value: unknown): Hex => `0x${bytesToHex(RLP.encode(value as never))}`;

describe('parseBlock', () => {
  it('reads what encodeBlock writes, with legacy and typed transactions', () => {
    const block = parseBlock(raw);
    expect(block.header).toEqual(header);
    expect(block.transactions).toEqual([hexToBytes('02c0'), [Uint8Array.of(1), Uint8Array.of(2)]]);
    expect(block.uncles).toBe(0);
  });

  const cases: readonly [string, () => Hex][] = [
    ['bytes that are cut short', () => raw.slice(0, -2) as Hex],
    ['a string', () => encoded(Uint8Array.of(1, 2))],
    ['a list of two', () => encoded(items().slice(0, 2))],
    ['transactions that are no list', () => encoded([items()[0], Uint8Array.of(1), []])],
    ['a header that is a string', () => encoded([Uint8Array.of(1), [], []])],
    ['a header of fourteen members', () => encoded([items()[0].slice(0, 14), [], []])],
    ['a header of too many members', () => encoded([[...items()[0], Uint8Array.of(1)], [], []])],
    ...(
      [
        ['a member that is a list', 0, []],
        ['a number with a leading zero', 8, Uint8Array.of(0, 1)],
        ['a short address', 2, new Uint8Array(19)],
        ['a long hash', 0, new Uint8Array(33)],
        ['a beacon root of one byte', 19, Uint8Array.of(1)],
      ] as const
    ).map(([title, index, value]): [string, () => Hex] => [
      title,
      () => {
        const [head, transactions, uncles] = items();
        head[index] = value as never;
        return encoded([head, transactions, uncles]);
      },
    ]),
  ];
  it.each(cases)('refuses %s', (_, make) => {
    expect(() => parseBlock(make())).toThrowError(
      expect.objectContaining({ code: 'BLOCK_ENCODING' }),
    );
  });
});
