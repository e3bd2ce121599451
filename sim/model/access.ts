import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import type { Kernel, ReadColumn } from '../kernel/kernel.js';
import type { Stream } from '../kernel/stream.js';
import type { ColumnName, Columns } from './columns.js';
import type { SignalName } from './signals.js';
import type { Fill, State } from './state.js';

/** The columns of a declaration: those that it writes as they are, the others to read. */
export type OpenColumns<R extends ColumnName, W extends ColumnName> = {
  readonly [Name in Exclude<R, W>]: ReadColumn;
} & { readonly [Name in W]: Columns[Name] };

/** The order book of the day. */
export type Book = Pick<State, 'bids' | 'offers' | 'fills'>;

/** All that a mechanism can see and do. */
export interface Access<R extends ColumnName = never, W extends ColumnName = never> {
  readonly plan: ResolvedPlan;
  readonly kernel: Kernel;
  readonly columns: OpenColumns<R, W>;
  /** Room for wallets and for nodes. */
  readonly room: { readonly wallets: number; readonly nodes: number };
  readonly supply: number;
  readonly scale: number;
  /** Day of the run; 0 before the first. */
  readonly day: number;
  /** A number of the plan's economy by dotted path. */
  of(path: string): number;
  /** Factor of a shock that is due today, 1 otherwise; asking makes it past. */
  takeShock(name: string): number;
  /** A lasting shock's factor, 1 when there is none. */
  shock(name: string): number;
  /** A word of the plan's economy by dotted path. */
  word(path: string): string;
  /** Probability of a daily hazard: 1 - exp(-rate). */
  chance(path: string): number;
  get(signal: SignalName): number;
  /** @throws ToolkitError `MECHANISM_UNDECLARED` for a number that it does not declare. */
  set(signal: SignalName, value: number): void;
  /** Balance of any account, micro-tokens. */
  balance(account: string): number;
  /** Accounts whose name begins with the prefix, in order of creation. */
  accounts(prefix: string): readonly string[];
  /** @throws ToolkitError `MECHANISM_UNDECLARED`, `LEDGER_TRANSFER`. */
  move(from: string, to: string, amount: number): void;
  /** Adds to a metric of today. */
  add(metric: string, value: number): void;
  today(metric: string): number;
  /** Counts visits to entities. */
  visit(count: number): void;
  /** Micro-tokens of this many USD at the last price, rounded down. */
  microOfUsd(usd: number): number;
  bid(account: string, usd: number, tag?: number): void;
  /** Takes tokens off an account and offers them. */
  offer(account: string, tokens: number, tag?: number): void;
  /** What became of its own orders of the day, in their order. */
  fills(): { readonly bids: readonly Fill[]; readonly offers: readonly Fill[] };
  /** Orders of all mechanisms. @throws ToolkitError `MECHANISM_UNDECLARED` without the account `orders`. */
  readonly book: Book;
  /** Random numbers of one purpose today, of one entity where a number is given. */
  stream(purpose: number, entity?: number): Stream;
}
