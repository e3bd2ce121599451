import { philox } from './philox.js';
import { exp, log, logFactorial, normalQuantile } from './real-functions.js';

/** Random numbers of one purpose on one day; the counter is (draw block, step, entity, purpose). */
export class Stream {
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

  /** Uniform in (0, 1). */
  uniform(): number {
    return (this.word() + 0.5) / 4_294_967_296;
  }

  normal(): number {
    return normalQuantile(
      (this.word() * 1_048_576 + (this.word() >>> 12) + 0.5) / 4_503_599_627_370_496,
    );
  }

  exponential(): number {
    return -log(this.uniform());
  }

  /** Inversion below 10, PTRS (Hörmann 1993) above. */
  poisson(mean: number): number {
    if (!(mean > 0)) return 0;
    if (mean < 10) {
      let u = this.uniform();
      let p = exp(-mean);
      let k = 0;
      while (u > p && k < 200) {
        u -= p;
        k += 1;
        p *= mean / k;
      }
      return k;
    }
    const b = 0.931 + 2.53 * Math.sqrt(mean);
    const a = -0.059 + 0.02483 * b;
    const inverse = 1.1239 + 1.1328 / (b - 3.4);
    const limit = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
      const u = this.uniform() - 0.5;
      const v = this.uniform();
      const us = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= limit) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      if (log((v * inverse) / (a / (us * us) + b)) <= k * log(mean) - mean - logFactorial(k))
        return k;
    }
  }

  /** Inversion for n p < 10, BTRS (Hörmann 1993) above. */
  binomial(n: number, p: number): number {
    if (n <= 0 || p <= 0) return 0;
    if (p >= 1) return n;
    if (p > 0.5) return n - this.binomial(n, 1 - p);
    const q = 1 - p;
    if (n * p < 10) {
      let u = this.uniform();
      let mass = exp(n * log(q));
      let k = 0;
      while (u > mass && k < n) {
        u -= mass;
        mass *= ((n - k) / (k + 1)) * (p / q);
        k += 1;
        if (mass === 0) break;
      }
      return k;
    }
    const spread = Math.sqrt(n * p * q);
    const b = 1.15 + 2.53 * spread;
    const a = -0.0873 + 0.0248 * b + 0.01 * p;
    const alpha = (2.83 + 5.1 / b) * spread;
    const limit = 0.92 - 4.2 / b;
    const mode = Math.floor((n + 1) * p);
    const h = logFactorial(mode) + logFactorial(n - mode);
    for (;;) {
      const u = this.uniform() - 0.5;
      const v = this.uniform();
      const us = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / us + b) * u + n * p + 0.5);
      if (us >= 0.07 && v <= limit) return k;
      if (k < 0 || k > n) continue;
      if (
        log((v * alpha) / (a / (us * us) + b)) <=
        h - logFactorial(k) - logFactorial(n - k) + (k - mode) * log(p / q)
      )
        return k;
    }
  }
}
