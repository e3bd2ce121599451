import type { Kernel } from './kernel.js';
import { philox } from './philox.js';

const CELLS = 512;

interface GapTable {
  readonly threshold: Uint32Array;
  readonly alias: Uint16Array;
}

/** Alias table (Vose) of the gaps of Bernoulli(p) events; the last cell stands for CELLS - 1 misses and another draw. */
function gapTable(p: number): GapTable {
  const weights = new Float64Array(CELLS);
  let rest = 1;
  for (let gap = 0; gap < CELLS - 1; gap += 1) {
    weights[gap] = rest * p * CELLS;
    rest *= 1 - p;
  }
  weights[CELLS - 1] = rest * CELLS;
  const threshold = new Uint32Array(CELLS).fill(0x7fffff);
  const alias = Uint16Array.from({ length: CELLS }, (_, cell) => cell);
  const small: number[] = [];
  const large: number[] = [];
  for (let cell = 0; cell < CELLS; cell += 1) (weights[cell]! < 1 ? small : large).push(cell);
  while (small.length > 0 && large.length > 0) {
    const low = small.pop()!;
    const top = large[large.length - 1]!;
    threshold[low] = Math.floor(weights[low]! * 0x800000);
    alias[low] = top;
    weights[top] = weights[top]! - (1 - weights[low]!);
    if (weights[top]! < 1) small.push(large.pop()!);
  }
  return { threshold, alias };
}

/** The event-driven kernel in plain TypeScript. */
export function createTypescriptKernel(key: readonly [number, number]): Kernel {
  const tables = new Map<number, GapTable>();
  const words = new Uint32Array(4);
  let kept = new Uint32Array(1 << 16);
  let hits = new Uint32Array(1 << 16);
  return {
    name: 'typescript',
    skipSample(n, p, step, purpose) {
      if (!(p > 0) || n <= 0) return hits.subarray(0, 0);
      let table = tables.get(p);
      if (table === undefined) {
        if (tables.size > 256) tables.clear();
        table = gapTable(p);
        tables.set(p, table);
      }
      const { threshold, alias } = table;
      let count = 0;
      let position = 0;
      for (let block = 0; position < n; block += 1) {
        philox(block, step, 0, purpose, key[0], key[1], words);
        if (count + 4 > hits.length) {
          const larger = new Uint32Array(hits.length * 2);
          larger.set(hits);
          hits = larger;
        }
        for (let lane = 0; lane < 4; lane += 1) {
          const word = words[lane]!;
          const cell = word >>> 23;
          const gap = (word & 0x7fffff) < threshold[cell]! ? cell : alias[cell]!;
          position += gap;
          if (gap === CELLS - 1) continue;
          if (position >= n) break;
          hits[count] = position;
          count += 1;
          position += 1;
        }
      }
      return hits.subarray(0, count);
    },
    entityWord(entity, step, purpose) {
      philox(0, step, entity + 1, purpose, key[0], key[1], words);
      return words[0]!;
    },
    mulDivFloor(a, b, c) {
      const product = a * b;
      if (product <= Number.MAX_SAFE_INTEGER) {
        const quotient = Math.floor(product / c);
        return quotient * c > product ? quotient - 1 : quotient;
      }
      return Number((BigInt(a) * BigInt(b)) / BigInt(c));
    },
    settle(members, shares, accumulator, settled, balances) {
      let sum = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        const earned = (accumulator - settled[member]!) * shares[member]!;
        settled[member] = accumulator;
        balances[member] = balances[member]! + earned;
        sum += earned;
      }
      return sum;
    },
    filter(members, column, value) {
      if (kept.length < members.length) kept = new Uint32Array(members.length * 2);
      let count = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        if (column[member] === value) {
          kept[count] = member;
          count += 1;
        }
      }
      return kept.subarray(0, count);
    },
    thin(members, share, step, purpose) {
      if (share >= 1) return members;
      const limit = share * 4_294_967_296;
      let count = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        philox(0, step, member + 1, purpose, key[0], key[1], words);
        if (words[0]! < limit) {
          members[count] = member;
          count += 1;
        }
      }
      return members.subarray(0, count);
    },
    assign(members, column, value) {
      for (let at = 0; at < members.length; at += 1) column[members[at]!] = value;
    },
    take(members, balances, millionths) {
      let sum = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        const part = this.mulDivFloor(balances[member]!, millionths, 1_000_000);
        balances[member] = balances[member]! - part;
        sum += part;
      }
      return sum;
    },
    charge(members, balances, amount) {
      let count = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        if (balances[member]! < amount) continue;
        balances[member] = balances[member]! - amount;
        members[count] = member;
        count += 1;
      }
      return members.subarray(0, count);
    },
    sum(column) {
      let total = 0n;
      for (let from = 0; from < column.length; from += 4096) {
        let part = 0;
        const to = Math.min(column.length, from + 4096);
        for (let at = from; at < to; at += 1) part += column[at]!;
        total += BigInt(part);
      }
      return total;
    },
  };
}
