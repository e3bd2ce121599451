/** The closed set of batched column primitives: a mechanism touches many entities through these alone. */
export interface Kernel {
  /** Identity of the engine, for manifests. */
  readonly name: string;
  /**
   * Members of 0..n-1 that an independent event of probability `p` hits on `step`, in rising order. The result is a view
   * that the next call overwrites.
   */
  skipSample(n: number, p: number, step: number, purpose: number): Uint32Array;
  /** Uniform word of one entity on one step, for acceptance with a probability of its own. */
  entityWord(entity: number, step: number, purpose: number): number;
  /** floor(a × b / c), exact for operands below 2^53. */
  mulDivFloor(a: number, b: number, c: number): number;
  /** Adds what shares earned since the last settlement, and marks it as settled. Returns the sum of what was added. */
  settle(
    members: Uint32Array,
    shares: Uint8Array,
    accumulator: number,
    settled: Float64Array,
    balances: Float64Array,
  ): number;
  /** Members whose cell equals `value`; the result is a view that the next `filter` overwrites. */
  filter(members: Uint32Array, column: Uint8Array, value: number): Uint32Array;
  /** Keeps each member with probability `share`, by its own word; scenarios keep sharing their shocks. Works in place. */
  thin(members: Uint32Array, share: number, step: number, purpose: number): Uint32Array;
  /** Sets a cell of every member. */
  assign(members: Uint32Array, column: Uint8Array, value: number): void;
  /** Takes floor(balance × millionths / 10^6) from every member; returns the sum. */
  take(members: Uint32Array, balances: Float64Array, millionths: number): number;
  /** Takes `amount` from every member that has it; the others drop out of the returned view (in place). */
  charge(members: Uint32Array, balances: Float64Array, amount: number): Uint32Array;
  /** Exact sum of a column of integers. */
  sum(column: Float64Array): bigint;
}
