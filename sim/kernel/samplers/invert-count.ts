import type { RandomSource } from './random-source.js';

const QUANTUM = 1 / 4_294_967_296;

/** A law on 0, 1, 2, … described from its start. */
export interface CountLaw {
  /** P(K > 0), exact even when tiny. */
  readonly positive: number;
  /** P(K = 1). */
  readonly one: number;
  /** P(K = k + 1) / P(K = k) for k >= 1. */
  ratio(k: number): number;
}

/**
 * Inversion from 0 upwards. One word decides, unless a boundary of the distribution function lies within its 2^-32; then
 * a second word refines it to 2^-64, so that even an event of probability 10^-12 comes as often as it should.
 */
export function invertCount(source: RandomSource, law: CountLaw): number {
  const word = source.word();
  let fine = false;
  // Distance from the upper end: small, and so exact, where a rare event is decided.
  let rest = (4_294_967_295 - word + 0.5) * QUANTUM;
  const refine = (distance: number) => {
    if (fine || Math.abs(distance) > QUANTUM / 2) return 0;
    fine = true;
    const better = (4_294_967_295 - word + (source.word() + 0.5) * QUANTUM) * QUANTUM;
    const moved = better - rest;
    rest = better;
    return moved;
  };
  refine(rest - law.positive);
  if (rest >= law.positive) return 0;
  let left = law.positive - rest;
  let mass = law.one;
  let k = 1;
  for (;;) {
    left -= refine(left - mass);
    const next = mass * law.ratio(k);
    if (left <= mass || next === 0) return k;
    left -= mass;
    mass = next;
    k += 1;
  }
}
