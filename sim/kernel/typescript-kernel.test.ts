import { describe, expect, it } from 'vitest';
import { createTypescriptKernel } from './typescript-kernel.js';

describe('mulDivFloor', () => {
  it('multiplies and divides exactly', () => {
    const kernel = createTypescriptKernel([5, 6]);
    for (const [a, b, c] of [
      [2 ** 53 - 1, 2 ** 52 + 1, 2 ** 53 - 3],
      [7, 9, 10],
      [1588866523000000, 999999, 1000000],
    ] as const) {
      expect(kernel.mulDivFloor(a, b, c)).toBe(Number((BigInt(a) * BigInt(b)) / BigInt(c)));
    }
  });
});
