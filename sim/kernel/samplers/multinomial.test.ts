import { describe, expect, it } from 'vitest';
import { Stream } from '../stream.js';
import { sampleMultinomial } from './multinomial.js';

/** Fixed seeds; deviations of each statistic are held to 4.5. */
const LIMIT = 4.5;

describe('sampleMultinomial', () => {
  it('gives every outcome of three trials over three cells its probability', () => {
    const p = [0.5, 0.3, 0.2];
    const stream = new Stream([3, 4], 1, 1);
    const draws = 200_000;
    const seen = new Map<string, number>();
    for (let at = 0; at < draws; at += 1) {
      const name = sampleMultinomial(stream, 3, p).join();
      seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    const factorial = [1, 1, 2, 6];
    let checked = 0;
    for (const [name, count] of seen) {
      const cells = name.split(',').map(Number);
      expect(cells.reduce((sum, cell) => sum + cell, 0)).toBe(3);
      const chance = cells.reduce(
        (product, cell, at) => (product * p[at]! ** cell) / factorial[cell]!,
        6,
      );
      const z = (count - draws * chance) / Math.sqrt(draws * chance * (1 - chance));
      expect(Math.abs(z), name).toBeLessThan(LIMIT);
      checked += 1;
    }
    expect(checked).toBe(10);
  });

  it.each([10, 1e3, 1e6, 1e9])('spreads %d trials as Pearson says', (n) => {
    const weights = [20, 0, 5, 50, 1, 24];
    const p = weights.filter((weight) => weight > 0).map((weight) => weight / 100);
    const stream = new Stream([3, 4], n, 2);
    const draws = 20_000;
    let first = 0;
    const sums = new Float64Array(p.length);
    for (let at = 0; at < draws; at += 1) {
      const counts = sampleMultinomial(stream, n, weights);
      if (counts.splice(1, 1)[0] !== 0) throw new RangeError('an empty cell was hit');
      let total = 0;
      for (const [cell, count] of counts.entries()) {
        const difference = count - n * p[cell]!;
        first += difference ** 2 / (n * p[cell]!);
        sums[cell]! += difference;
        total += count;
      }
      if (total !== n) throw new RangeError(`${total} is not ${n}`);
    }
    // Pearson's statistic of one draw has exactly this mean and variance, at every n.
    const k = p.length;
    const variance =
      2 * (k - 1) + (p.reduce((sum, one) => sum + 1 / one, 0) - k * k - 2 * k + 2) / n;
    expect(Math.abs(first / draws - (k - 1)) / Math.sqrt(variance / draws)).toBeLessThan(LIMIT);
    for (const [cell, sum] of sums.entries()) {
      const z = sum / Math.sqrt(draws * n * p[cell]! * (1 - p[cell]!));
      expect(Math.abs(z)).toBeLessThan(LIMIT);
    }
  });
});
