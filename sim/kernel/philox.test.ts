import { describe, expect, it } from 'vitest';
import { philox } from './philox.js';

type Words = readonly number[];

const block = (counter: Words, key: Words): number[] => {
  const out = new Uint32Array(4);
  philox(counter[0]!, counter[1]!, counter[2]!, counter[3]!, key[0]!, key[1]!, out);
  return [...out];
};

/** Counter, key, answer: the three published lines `philox4x32 10` of Random123's `tests/kat_vectors`. */
const published: [Words, Words, Words][] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

/** The definition of the paper in exact integers: bump the key before every round but the first. */
function define(counter: Words, key: Words): number[] {
  const mask = 0xffffffffn;
  let [left0, right0, left1, right1] = counter.map((word) => BigInt(word)) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  let [key0, key1] = key.map((word) => BigInt(word)) as [bigint, bigint];
  for (let round = 0; round < 10; round += 1) {
    if (round > 0) {
      key0 = (key0 + 0x9e3779b9n) & mask;
      key1 = (key1 + 0xbb67ae85n) & mask;
    }
    const first = left0 * 0xd2511f53n;
    const second = left1 * 0xcd9e8d57n;
    [left0, right0, left1, right1] = [
      (second >> 32n) ^ right0 ^ key0,
      second & mask,
      (first >> 32n) ^ right1 ^ key1,
      first & mask,
    ];
  }
  return [left0, right0, left1, right1].map(Number);
}

describe('philox', () => {
  it.each(published)('gives the published answer to counter %o, key %o', (counter, key, answer) => {
    expect(block(counter, key)).toEqual(answer);
    expect(define(counter, key)).toEqual(answer);
  });
  it('equals the definition in exact integers on 2,000 inputs, extreme words included', () => {
    const extreme = [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffff0000, 0xffffffff];
    let state = 12345;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % 3 === 0 ? extreme[(state >>> 8) % extreme.length]! : state;
    };
    for (let at = 0; at < 2000; at += 1) {
      const counter = [next(), next(), next(), next()];
      const key = [next(), next()];
      expect(block(counter, key)).toEqual(define(counter, key));
    }
  });
  it('writes at the offset alone', () => {
    const out = new Uint32Array(6);
    philox(0, 0, 0, 0, 0, 0, out, 1);
    expect([...out]).toEqual([0, ...published[0]![2], 0]);
  });
});
