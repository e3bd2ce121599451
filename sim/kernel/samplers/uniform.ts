import type { RandomSource } from './random-source.js';

const HALF_ULP = 1.1102230246251565e-16;

/** Uniform in (0, 1) from one word: multiples of 2^-32 plus 2^-33. */
export function uniform32(source: RandomSource): number {
  return (source.word() + 0.5) / 4_294_967_296;
}

/**
 * Uniform in (0, 1) from two words: 64 bits, rounded to a float. Small values keep their relative precision down to
 * 2^-64, which inversion of rare events needs. Never 0 or 1.
 */
export function uniform64(source: RandomSource): number {
  const high = source.word();
  const value = (high + (source.word() + 0.5) / 4_294_967_296) / 4_294_967_296;
  return value < 1 ? value : 1 - HALF_ULP;
}
