import type { Kernel } from './kernel.js';
import { philox } from './philox.js';
import { log, pow } from './real-functions.js';

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
  let hits = new Uint32Array(1 << 16);
  let ranged = new Uint32Array(1 << 10);
  const mulDivFloor = (a: number, b: number, c: number): number => {
    const product = a * b;
    if (product <= Number.MAX_SAFE_INTEGER) {
      const quotient = Math.floor(product / c);
      return quotient * c > product ? quotient - 1 : quotient;
    }
    return Number((BigInt(a) * BigInt(b)) / BigInt(c));
  };
  const skipSample: Kernel['skipSample'] = (n, p, step, purpose) => {
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
  };
  return {
    name: 'typescript',
    skipSample,
    skipClass(n, period, offset, width, p, step, purpose) {
      const whole = Math.floor(n / period);
      const rest = Math.max(0, Math.min(width, (n % period) - offset));
      const found = skipSample(whole * width + rest, p, step, purpose);
      for (let at = 0; at < found.length; at += 1) {
        const place = found[at]!;
        const turn = Math.floor(place / width);
        found[at] = turn * period + offset + (place - turn * width);
      }
      return found;
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
    split(members, share, step, purpose) {
      const limit = share * 4_294_967_296;
      const first = new Uint32Array(members.length);
      const second = new Uint32Array(members.length);
      let count = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        philox(0, step, member + 1, purpose, key[0], key[1], words);
        if (words[0]! < limit) {
          first[count] = member;
          count += 1;
        } else second[at - count] = member;
      }
      return [first.subarray(0, count), second.subarray(0, members.length - count)];
    },
    atLeast(members, column, value) {
      let count = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        if (column[member]! >= value) {
          members[count] = member;
          count += 1;
        }
      }
      return members.subarray(0, count);
    },
    filter(members, column, value) {
      let count = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        if (column[member] === value) {
          members[count] = member;
          count += 1;
        }
      }
      return members.subarray(0, count);
    },
    exclude(members, column, value) {
      let count = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        if (column[member] !== value) {
          members[count] = member;
          count += 1;
        }
      }
      return members.subarray(0, count);
    },
    weibullDays(members, shape, scale, step, purpose, days) {
      const power = 1 / shape;
      for (let at = 0; at < members.length; at += 1) {
        philox(0, step, members[at]! + 1, purpose, key[0], key[1], words);
        const time = scale * pow(-log((words[0]! + 0.5) / 4_294_967_296), power);
        days[at] = Math.min(0x7fffffff, Math.floor(time));
      }
    },
    assign(members, column, value) {
      for (let at = 0; at < members.length; at += 1) column[members[at]!] = value;
    },
    fillPattern(from, to, column, pattern) {
      for (let id = from; id < to; id += 1) column[id] = pattern[id % pattern.length]!;
    },
    range(from, to) {
      const length = Math.max(0, to - from);
      if (ranged.length < length) ranged = new Uint32Array(length * 2);
      for (let at = 0; at < length; at += 1) ranged[at] = from + at;
      return ranged.subarray(0, length);
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
    withRewards(members, first, second, minimum) {
      let count = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        const earned =
          (first.accumulator - first.settled[member]!) * first.shares[member]! +
          (second.accumulator - second.settled[member]!) * second.shares[member]!;
        if (earned >= minimum) {
          members[count] = member;
          count += 1;
        }
      }
      return members.subarray(0, count);
    },
    take(members, balances, millionths) {
      let sum = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        const part = mulDivFloor(balances[member]!, millionths, 1_000_000);
        balances[member] = balances[member]! - part;
        sum += part;
      }
      return sum;
    },
    takeEach(members, balances, millionths, minimum, amounts) {
      let count = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        const part = mulDivFloor(balances[member]!, millionths, 1_000_000);
        if (part < minimum || part === 0) continue;
        balances[member] = balances[member]! - part;
        amounts[count] = part;
        members[count] = member;
        count += 1;
      }
      return members.subarray(0, count);
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
    give(members, balances, amount) {
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        balances[member] = balances[member]! + amount;
      }
      return amount * members.length;
    },
    giveEach(members, balances, amounts) {
      let sum = 0;
      for (let at = 0; at < members.length; at += 1) {
        const member = members[at]!;
        balances[member] = balances[member]! + amounts[at]!;
        sum += amounts[at]!;
      }
      return sum;
    },
    scaleEach(amounts, count, numerator, denominator, out) {
      let sum = 0;
      for (let at = 0; at < count; at += 1) {
        out[at] = mulDivFloor(amounts[at]!, numerator, denominator);
        sum += out[at]!;
      }
      return sum;
    },
    sumAt(members, column) {
      let sum = 0;
      for (let at = 0; at < members.length; at += 1) sum += column[members[at]!]!;
      return sum;
    },
    countEqual(from, to, column, value) {
      let count = 0;
      for (let at = from; at < to; at += 1) if (column[at] === value) count += 1;
      return count;
    },
    sum(column, count) {
      let total = 0n;
      for (let from = 0; from < count; from += 4096) {
        let part = 0;
        const to = Math.min(count, from + 4096);
        for (let at = from; at < to; at += 1) {
          const cell = column[at]!;
          if (Math.floor(cell) !== cell) total += BigInt(cell);
          part += cell;
        }
        // A part that left the exact integers is added one by one.
        if (part <= Number.MAX_SAFE_INTEGER) total += BigInt(part);
        else for (let at = from; at < to; at += 1) total += BigInt(column[at]!);
      }
      return total;
    },
    owed(count, shares, accumulator, settled, mask, value) {
      let total = 0n;
      let part = 0;
      for (let at = 0; at < count; at += 1) {
        if (mask !== undefined && mask[at] !== value) continue;
        part += (accumulator - settled[at]!) * shares[at]!;
        if (part > 4_503_599_627_370_496 || part < -4_503_599_627_370_496) {
          total += BigInt(part);
          part = 0;
        }
      }
      return total + BigInt(part);
    },
    mulDivFloor,
  };
}
