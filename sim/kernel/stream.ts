import { philox } from './philox.js';
import { log } from './real-functions.js';
import { sampleBinomial } from './samplers/binomial.js';
import { sampleNormal } from './samplers/normal.js';
import { samplePoisson } from './samplers/poisson.js';
import type { RandomSource } from './samplers/random-source.js';
import { uniform32 } from './samplers/uniform.js';

/** Random numbers of one purpose on one day; the counter is (draw block, step, entity, purpose). */
export class Stream implements RandomSource {
  readonly #words = new Uint32Array(4);
  #block = 0;
  #left = 0;

  constructor(
    readonly key: readonly [number, number],
    readonly step: number,
    readonly purpose: number,
    readonly entity = 0,
  ) {}

  /** An unsigned 32-bit word. */
  word(): number {
    if (this.#left === 0) {
      philox(
        this.#block,
        this.step,
        this.entity,
        this.purpose,
        this.key[0],
        this.key[1],
        this.#words,
      );
      this.#block += 1;
      this.#left = 4;
    }
    this.#left -= 1;
    return this.#words[3 - this.#left]!;
  }

  /** Uniform in (0, 1), 32 bits. */
  uniform(): number {
    return uniform32(this);
  }

  /** Standard normal; see `sampleNormal`. */
  normal(): number {
    return sampleNormal(this);
  }

  /** Standard exponential from 32 bits, at most 22.9; `sampleExponential` takes 64. */
  exponential(): number {
    return -log(this.uniform());
  }

  /** See `samplePoisson`. */
  poisson(mean: number): number {
    return samplePoisson(this, mean);
  }

  /** See `sampleBinomial`. */
  binomial(n: number, p: number): number {
    return sampleBinomial(this, n, p);
  }
}
