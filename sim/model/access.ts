import { ToolkitError } from '../../genesis/base/errors.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import type { Kernel, ReadColumn } from '../kernel/kernel.js';
import { exp } from '../kernel/real-functions.js';
import { Stream } from '../kernel/stream.js';
import type { ColumnName, Columns } from './columns.js';
import type { MechanismDefinition } from './mechanism.js';
import { isMetric } from './metrics.js';
import type { SignalName } from './signals.js';
import type { Fill, State } from './state.js';

/** The columns of a declaration: those that it writes as they are, the others to read. */
export type OpenColumns<R extends ColumnName, W extends ColumnName> = {
  readonly [Name in Exclude<R, W>]: ReadColumn;
} & { readonly [Name in W]: Columns[Name] };

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
  /** Orders of all mechanisms; only the market declares the account `orders`. */
  readonly book: Pick<State, 'bids' | 'offers' | 'fills'>;
  /** Random numbers of one purpose today, of one entity where a number is given. */
  stream(purpose: number, entity?: number): Stream;
}

/** Opens the state to one mechanism, as far as it declares. */
export function openAccess(
  state: State,
  definition: Pick<MechanismDefinition, 'id' | 'reads' | 'writes' | 'sets' | 'accounts'>,
): Access<ColumnName, ColumnName> {
  const { id } = definition;
  const { ledger, parameters } = state;
  const names = new Set<ColumnName>([...definition.reads, ...definition.writes]);
  const columns: Record<string, unknown> = {};
  for (const name of names) columns[name] = state.columns[name];
  const undeclared = (what: string, allowed: readonly string[]): never => {
    throw new ToolkitError({
      code: 'MECHANISM_UNDECLARED',
      message: `${id} touches ${what}, which it does not declare.`,
      where: `day ${state.day}, mechanism ${id}`,
      allowed: allowed.join(', ') || 'nothing',
      next: 'Declare it, so that the engine can order it against other mechanisms.',
    });
  };
  const guarded = new Proxy(columns, {
    get: (target, name) =>
      typeof name === 'symbol' || Object.hasOwn(target, name)
        ? target[name as string]
        : undeclared(`column ${name}`, Object.keys(target)),
  });
  const sets = new Set<string>(definition.sets);
  const exact = new Set(definition.accounts.filter((name) => !name.endsWith(':')));
  const prefixes = definition.accounts.filter((name) => name.endsWith(':'));
  const checkAccount = (account: string) => {
    if (exact.has(account) || prefixes.some((prefix) => account.startsWith(prefix))) return;
    undeclared(`account ${account}`, definition.accounts);
  };
  const own = () => {
    const known = state.fills.get(id);
    return known ?? { bids: [], offers: [] };
  };
  return {
    plan: state.plan,
    kernel: state.kernel,
    columns: guarded as unknown as OpenColumns<ColumnName, ColumnName>,
    room: { wallets: state.columns.status.length, nodes: state.columns.nodeStake.length },
    supply: ledger.supply,
    scale: state.scale,
    get day() {
      return state.day;
    },
    of: (path) => parameters.of(path),
    takeShock: (name) => parameters.takeShock(name),
    word: (path) => parameters.word(path),
    chance: (path) => 1 - exp(-parameters.of(path)),
    get: (signal) => state.signals[signal],
    set(signal, value) {
      if (!sets.has(signal)) undeclared(`the number ${signal}`, definition.sets);
      state.signals[signal] = value;
    },
    balance: (account) => ledger.of(account),
    accounts: (prefix) => Object.keys(ledger.balances).filter((name) => name.startsWith(prefix)),
    move(from, to, amount) {
      checkAccount(from);
      checkAccount(to);
      ledger.move(id, from, to, amount);
    },
    add(metric, value) {
      if (!isMetric(metric)) undeclared(`metric ${metric}`, ['the list in metrics.ts']);
      state.today[metric] = (state.today[metric] ?? 0) + value;
    },
    today: (metric) => state.today[metric] ?? 0,
    visit(count) {
      state.events += count;
    },
    microOfUsd: (usd) =>
      state.signals.price > 0 ? Math.floor((usd / state.signals.price) * 1e6) : 0,
    bid(account, usd, tag = 0) {
      if (usd > 0) state.bids.push({ mechanism: id, account, usd, tokens: 0, tag });
    },
    offer(account, tokens, tag = 0) {
      if (tokens <= 0 || state.signals.price <= 0) return;
      checkAccount(account);
      ledger.move(id, account, 'orders', tokens);
      state.offers.push({ mechanism: id, account, usd: 0, tokens, tag });
    },
    fills: own,
    book: state,
    stream: (purpose, entity = 0) => new Stream(state.key, state.day, purpose, entity),
  };
}
