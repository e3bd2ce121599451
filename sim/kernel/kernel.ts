/** A column of one number per entity, as a mechanism that only reads it sees it. */
export interface ReadColumn {
  readonly length: number;
  readonly [entity: number]: number;
}

/** A column of one number per entity. */
export type Column = Uint8Array | Uint16Array | Float64Array;

/**
 * The closed set of batched column primitives: a mechanism touches wallets through these alone, so that the same
 * mechanism runs on every kernel. Members are entity numbers in rising order. `skipSample` and `skipClass`, and `range`, return
 * a view that their next call overwrites; every primitive that drops members works in place and returns a shorter view of the
 * same memory. Draws are keyed by (block, step, entity, purpose): the same call gives the same members again.
 */
export interface Kernel {
  /** Identity of the engine, for manifests. */
  readonly name: string;
  /** Members of 0..n-1 that an independent event of probability `p` hits on `step`. */
  skipSample(n: number, p: number, step: number, purpose: number): Uint32Array;
  /** The same among the members whose place in each period of `period` lies from `offset` to below `offset + width`. */
  skipClass(
    n: number,
    period: number,
    offset: number,
    width: number,
    p: number,
    step: number,
    purpose: number,
  ): Uint32Array;
  /** Keeps each member with probability `share`, by its own word; scenarios keep sharing their shocks. */
  thin(members: Uint32Array, share: number, step: number, purpose: number): Uint32Array;
  /** Divides members: the first list has each with probability `share`, by its own word, the second the others. */
  split(
    members: Uint32Array,
    share: number,
    step: number,
    purpose: number,
  ): readonly [Uint32Array, Uint32Array];
  /** Keeps members whose cell is at least `value`. */
  atLeast(members: Uint32Array, column: ReadColumn, value: number): Uint32Array;
  /** Keeps members whose cell equals `value`. */
  filter(members: Uint32Array, column: ReadColumn, value: number): Uint32Array;
  /** Keeps members whose cell is not `value`. */
  exclude(members: Uint32Array, column: ReadColumn, value: number): Uint32Array;
  /** Whole days of a Weibull waiting time for every member, by its own word, into `days`; 2^31 - 1 at most. */
  weibullDays(
    members: Uint32Array,
    shape: number,
    scale: number,
    step: number,
    purpose: number,
    days: Float64Array,
  ): void;
  /** Sets a cell of every member. */
  assign(members: Uint32Array, column: Column, value: number): void;
  /** Sets the cells from..to-1 by repeating a pattern that begins at entity 0. */
  fillPattern(from: number, to: number, column: Column, pattern: ArrayLike<number>): void;
  /** Entities from..to-1 as members. */
  range(from: number, to: number): Uint32Array;
  /** Adds what shares earned since the last settlement, and marks it as settled. Returns the sum of what was added. */
  settle(
    members: Uint32Array,
    shares: ReadColumn,
    accumulator: number,
    settled: Float64Array,
    balances: Float64Array,
  ): number;
  /** Keeps members whose two unsettled rewards together reach `minimum`. */
  withRewards(members: Uint32Array, first: Reward, second: Reward, minimum: number): Uint32Array;
  /** Takes floor(balance × millionths / 10^6) from every member; returns the sum. */
  take(members: Uint32Array, balances: Float64Array, millionths: number): number;
  /** Takes the same part from every member for which it reaches `minimum`, into `amounts`; the others drop out. */
  takeEach(
    members: Uint32Array,
    balances: Float64Array,
    millionths: number,
    minimum: number,
    amounts: Float64Array,
  ): Uint32Array;
  /** Takes `amount` from every member that has it; the others drop out. */
  charge(members: Uint32Array, balances: Float64Array, amount: number): Uint32Array;
  /** Adds `amount` to every member; returns the sum. */
  give(members: Uint32Array, balances: Float64Array, amount: number): number;
  /** Adds `amounts[k]` to member k; returns the sum. A member may occur more than once. */
  giveEach(members: Uint32Array, balances: Float64Array, amounts: Float64Array): number;
  /** floor(amounts[k] × numerator / denominator) for the first `count` amounts into `out`; returns the sum. */
  scaleEach(
    amounts: Float64Array,
    count: number,
    numerator: number,
    denominator: number,
    out: Float64Array,
  ): number;
  /** Sum of the members' cells, a whole number below 2^53. */
  sumAt(members: Uint32Array, column: ReadColumn): number;
  /** How many of the cells from..to-1 equal `value`. */
  countEqual(from: number, to: number, column: ReadColumn, value: number): number;
  /** Exact sum of the first `count` cells of a column of integers. @throws RangeError for a cell that is none. */
  sum(column: ReadColumn, count: number): bigint;
  /** Exact sum of (accumulator - settled) × share over the first `count` entities whose `mask` cell equals `value`. */
  owed(
    count: number,
    shares: ReadColumn,
    accumulator: number,
    settled: ReadColumn,
    mask: ReadColumn | undefined,
    value: number,
  ): bigint;
  /** floor(a × b / c), exact for operands below 2^53. */
  mulDivFloor(a: number, b: number, c: number): number;
}

/** A reward per share that is settled lazily. */
export interface Reward {
  readonly shares: ReadColumn;
  readonly accumulator: number;
  readonly settled: ReadColumn;
}
