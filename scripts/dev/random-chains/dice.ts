import type { Hex } from '../../../genesis/base/hash.js';

/** Random choices from a seed (splitmix64), the same on every machine. */
export class Dice {
  #state: bigint;

  constructor(seed: number) {
    // Not a multiple of the step below, or the next seed would roll the same numbers one later.
    this.#state = BigInt.asUintN(64, BigInt(seed) * 0xd1342543de82ef95n + 0x1234567n);
  }

  word(): bigint {
    this.#state = BigInt.asUintN(64, this.#state + 0x9e3779b97f4a7c15n);
    let z = this.#state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  }

  /** Whole number from 0 to `limit - 1`. */
  below(limit: number): number {
    return Number(this.word() % BigInt(limit));
  }

  /** Whole number from `low` to `high`. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.below(1_000_000) < probability * 1_000_000;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  some<T>(list: readonly T[], probability: number): T[] {
    return list.filter(() => this.chance(probability));
  }

  /** Hexadecimal digits without `0x`. */
  digits(bytes: number): string {
    let text = '';
    while (text.length < 2 * bytes) text += this.word().toString(16).padStart(16, '0');
    return text.slice(0, 2 * bytes);
  }

  hex(bytes: number): Hex {
    return `0x${this.digits(bytes)}`;
  }
}
