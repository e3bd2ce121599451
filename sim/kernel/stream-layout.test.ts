import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Stream } from './stream.js';

const recorded = vi.hoisted(() => [] as number[][]);
vi.mock('./philox.js', async (load) => {
  const real = await load<typeof import('./philox.js')>();
  return {
    philox: (...words: Parameters<typeof real.philox>) => {
      recorded.push(words.slice(0, 6).map((word) => Number(word) >>> 0));
      return real.philox(...words);
    },
  };
});

/** Fixed seeds; each of about 60 statistics is held to 4.5 deviations. */
const LIMIT = 4.5;
const KEY = [0x1234, 0x5678] as const;
const WORDS = 20_000;

const words = (stream: Stream, count = WORDS) => Array.from({ length: count }, () => stream.word());

/** Correlation of two lists of words, in its own standard deviations. */
function correlate(a: readonly number[], b: readonly number[], lag = 0): number {
  const count = Math.min(a.length, b.length) - Math.abs(lag);
  let sum = 0;
  for (let at = 0; at < count; at += 1)
    sum +=
      (a[at + Math.max(0, lag)]! / 2 ** 32 - 0.5) * (b[at + Math.max(0, -lag)]! / 2 ** 32 - 0.5);
  return (sum * 12) / Math.sqrt(count);
}

/** Bits that differ, in standard deviations from the half that chance gives. */
function compareBits(a: readonly number[], b: readonly number[]): number {
  let differ = 0;
  for (let at = 0; at < a.length; at += 1)
    for (let bits = (a[at]! ^ b[at]!) >>> 0; bits > 0; bits = (bits & (bits - 1)) >>> 0)
      differ += 1;
  return (differ - 16 * a.length) / Math.sqrt(8 * a.length);
}

beforeEach(() => {
  recorded.length = 0;
});

describe('counters of streams', () => {
  it('are (block, step, entity, purpose) under the key, and no two streams share one', () => {
    words(new Stream(KEY, 7, 9, 5), 12);
    expect(recorded).toEqual([0, 1, 2].map((block) => [block, 7, 5, 9, ...KEY]));
    recorded.length = 0;
    for (let step = 0; step < 12; step += 1)
      for (let purpose = 0; purpose < 12; purpose += 1)
        for (let entity = 0; entity < 12; entity += 1)
          words(new Stream(KEY, step, purpose, entity), 12);
    expect(recorded.length).toBe(12 ** 3 * 3);
    expect(new Set(recorded.map((call) => call.join())).size).toBe(recorded.length);
  });

  it('one more draw of one purpose, rejected ones included, shifts no other purpose', () => {
    const alone = words(new Stream(KEY, 1, 2), 40);
    const other = new Stream(KEY, 1, 3);
    const mixed: number[] = [];
    const own = new Stream(KEY, 1, 2);
    for (let at = 0; at < 40; at += 1) {
      other.binomial(1_400_000, 0.03);
      other.poisson(17);
      mixed.push(own.word());
    }
    expect(mixed).toEqual(alone);
  });

  it('draw again what they drew, in any order of streams', () => {
    const orders = [
      [0, 1, 2, 3],
      [3, 1, 0, 2],
    ].map((order) => {
      const seen: number[][] = [];
      for (const step of order) seen[step] = words(new Stream(KEY, step, 1), 9);
      return seen;
    });
    expect(orders[0]).toEqual(orders[1]);
  });
});

describe('streams that differ in one coordinate', () => {
  const base = words(new Stream(KEY, 100, 20, 3));
  const others: [string, Stream][] = [
    ['next purpose', new Stream(KEY, 100, 21, 3)],
    ['purpose with one high bit', new Stream(KEY, 100, 20 + 2 ** 31, 3)],
    ['next step', new Stream(KEY, 101, 20, 3)],
    ['next entity', new Stream(KEY, 100, 20, 4)],
    ['step and entity exchanged', new Stream(KEY, 3, 20, 100)],
    ['step and purpose exchanged', new Stream(KEY, 20, 100, 3)],
    ['next key', new Stream([KEY[0] + 1, KEY[1]], 100, 20, 3)],
    ['other half of the key', new Stream([KEY[0], KEY[1] + 1], 100, 20, 3)],
  ];
  it.each(others)('%s: no correlation at lags -3 to 3, half of all bits differ', (_, stream) => {
    const other = words(stream);
    for (const lag of [-3, -2, -1, 0, 1, 2, 3])
      expect(Math.abs(correlate(base, other, lag)), `lag ${lag}`).toBeLessThan(LIMIT);
    expect(Math.abs(compareBits(base, other))).toBeLessThan(LIMIT);
  });

  it('a stream has no correlation with itself at lags 1 to 8, and all 256 values of each byte', () => {
    for (let lag = 1; lag <= 8; lag += 1)
      expect(Math.abs(correlate(base, base, lag)), `lag ${lag}`).toBeLessThan(LIMIT);
    for (const shift of [0, 8, 16, 24]) {
      const counts = new Float64Array(256);
      for (const word of base) counts[(word >>> shift) & 255]! += 1;
      const expected = base.length / 256;
      const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(Math.abs(statistic - 255) / Math.sqrt(510)).toBeLessThan(LIMIT);
    }
  });

  it('first words of many entities, as a model uses them, are uniform and uncorrelated', () => {
    const entities = (purpose: number) =>
      Array.from({ length: WORDS }, (_, entity) => new Stream(KEY, 1, purpose, entity).word());
    const [one, two] = [entities(1), entities(2)];
    for (const lag of [-1, 0, 1]) expect(Math.abs(correlate(one, two, lag))).toBeLessThan(LIMIT);
    for (const lag of [1, 2, 4]) expect(Math.abs(correlate(one, one, lag))).toBeLessThan(LIMIT);
    const mean = one.reduce((sum, word) => sum + word / 2 ** 32 - 0.5, 0) / WORDS;
    expect(Math.abs(mean) * Math.sqrt(12 * WORDS)).toBeLessThan(LIMIT);
  });

  it('the same measures see a shared counter, and one that is shifted by a word', () => {
    const shared = new Stream(KEY, 100, 20, 3);
    expect(Math.abs(correlate(base, words(shared)))).toBeGreaterThan(LIMIT);
    const shifted = new Stream(KEY, 100, 20, 3);
    shifted.word();
    expect(Math.abs(correlate(base, words(shifted), 1))).toBeGreaterThan(LIMIT);
    expect(
      Math.abs(
        compareBits(
          base,
          base.map((word) => (word ^ 1) >>> 0),
        ),
      ),
    ).toBeGreaterThan(LIMIT);
  });
});
