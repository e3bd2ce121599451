import { describe, expect, it } from 'vitest';
import { philox } from './philox.js';
import { exp, log } from './real-functions.js';
import { Stream } from './stream.js';
import { createTypescriptKernel } from './typescript-kernel.js';

const block = (c: number[], k: number[]) => {
  const out = new Uint32Array(4);
  philox(c[0]!, c[1]!, c[2]!, c[3]!, k[0]!, k[1]!, out);
  return [...out];
};

describe('philox', () => {
  it('gives the known answers', () => {
    expect(block([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    expect(block([-1, -1, -1, -1], [-1, -1])).toEqual([
      0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd,
    ]);
    expect(
      block([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]),
    ).toEqual([0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]);
  });
});

describe('real functions', () => {
  it('agree with the platform to 1e-13', () => {
    for (let x = -50; x < 50; x += 0.37) {
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
      expect(Math.abs(log(Math.exp(x)) - x)).toBeLessThan(1e-12);
    }
  });
});

describe('samplers', () => {
  const draws = 40_000;
  const moments = (draw: (stream: Stream) => number) => {
    const stream = new Stream([1, 2], 3, 4);
    let sum = 0;
    let squares = 0;
    for (let at = 0; at < draws; at += 1) {
      const value = draw(stream);
      sum += value;
      squares += value * value;
    }
    return { mean: sum / draws, variance: squares / draws - (sum / draws) ** 2 };
  };
  it.each([
    [20, 0.1],
    [50, 0.5],
    [1000, 0.3],
    [1_400_000, 0.03],
    [1_400_000, 1e-6],
    [100, 0.95],
  ])('binomial %d %d', (n, p) => {
    const { mean, variance } = moments((stream) => stream.binomial(n, p));
    const exact = n * p * (1 - p);
    expect(Math.abs(mean - n * p)).toBeLessThan(5 * Math.sqrt(exact / draws));
    expect(Math.abs(variance / exact - 1)).toBeLessThan(0.06);
  });
  it.each([0.3, 5, 12, 300, 1e6])('poisson %d', (rate) => {
    const { mean, variance } = moments((stream) => stream.poisson(rate));
    expect(Math.abs(mean - rate)).toBeLessThan(5 * Math.sqrt(rate / draws));
    expect(Math.abs(variance / rate - 1)).toBeLessThan(0.06);
  });
  it('normal and exponential', () => {
    const normal = moments((stream) => stream.normal());
    expect(Math.abs(normal.mean)).toBeLessThan(0.025);
    expect(Math.abs(normal.variance - 1)).toBeLessThan(0.04);
    expect(Math.abs(moments((stream) => stream.exponential()).mean - 1)).toBeLessThan(0.025);
  });
});

describe('skipSample', () => {
  const kernel = createTypescriptKernel([5, 6]);
  it.each([0.0001, 0.005, 0.05, 0.2, 0.9])('hits each member with probability %d', (p) => {
    const n = 20_000;
    let sum = 0;
    let squares = 0;
    let firstHalf = 0;
    for (let step = 0; step < 300; step += 1) {
      const hits = kernel.skipSample(n, p, step, 7);
      for (let at = 1; at < hits.length; at += 1)
        if (hits[at]! <= hits[at - 1]!) throw new RangeError('not rising');
      sum += hits.length;
      squares += hits.length ** 2;
      for (const hit of hits) if (hit < n / 2) firstHalf += 1;
    }
    const variance = n * p * (1 - p);
    expect(Math.abs(sum / 300 - n * p)).toBeLessThan(5 * Math.sqrt(variance / 300));
    expect(Math.abs((squares / 300 - (sum / 300) ** 2) / variance - 1)).toBeLessThan(0.5);
    expect(Math.abs(firstHalf - sum / 2)).toBeLessThan(5 * Math.sqrt(sum));
  });
  it('multiplies and divides exactly', () => {
    for (const [a, b, c] of [
      [2 ** 53 - 1, 2 ** 52 + 1, 2 ** 53 - 3],
      [7, 9, 10],
      [1588866523000000, 999999, 1000000],
    ] as const) {
      expect(kernel.mulDivFloor(a, b, c)).toBe(Number((BigInt(a) * BigInt(b)) / BigInt(c)));
    }
  });
});
