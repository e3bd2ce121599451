import type { Access } from './access.js';
import type { ColumnName } from './columns.js';
import type { SignalName } from './signals.js';

/** What happens in a day, in this order; every mechanism belongs to one phase. */
export const phases = [
  'shocks',
  'releases',
  'population',
  'contribution',
  'demand',
  'orders',
  'market',
  'settlement',
  'staking',
  'gas',
] as const;

export type Phase = (typeof phases)[number];

/** A mechanism as it is declared; the engine lets it touch nothing else. */
export interface MechanismDefinition<
  R extends ColumnName = ColumnName,
  W extends ColumnName = ColumnName,
> {
  /** Names rows of the flow matrix and errors; lower-case with hyphens. */
  readonly id: string;
  /** What it is, with its number in the list of mechanisms. */
  readonly about: string;
  readonly phase: Phase;
  /** Mechanisms of the same phase that come first. */
  readonly after?: readonly string[];
  readonly reads: readonly R[];
  readonly writes: readonly W[];
  /** Shared numbers that it sets. It may read all of them. */
  readonly sets: readonly SignalName[];
  /** Ledger accounts between which it moves tokens; a name that ends in a colon is a prefix. */
  readonly accounts: readonly string[];
  create(access: Access<R, W>): Mechanism;
}

/** A mechanism at work in one run. */
export interface Mechanism {
  /** Before day 1. */
  start?(): void;
  /** Once a day. */
  step(): void;
  /** What its private stores hold by account, micro-tokens: counted again with the columns. */
  holdings?(): Readonly<Record<string, bigint>>;
}

/** Keeps the column types of a definition. @example defineMechanism({ id: 'gas', … }) */
export function defineMechanism<const R extends ColumnName, const W extends ColumnName>(
  definition: MechanismDefinition<R, W>,
): MechanismDefinition {
  return definition as unknown as MechanismDefinition;
}
