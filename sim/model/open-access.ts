import { ToolkitError } from '../../genesis/base/errors.js';
import { hazardProbability } from '../kernel/samplers/hazard.js';
import { Stream } from '../kernel/stream.js';
import type { Access, Book, OpenColumns } from './access.js';
import type { ColumnName } from './columns.js';
import type { MechanismDefinition } from './mechanism.js';
import { isMetric } from './metrics.js';
import type { State } from './state.js';

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
  const book: Book = {
    get bids() {
      return state.bids;
    },
    set bids(bids) {
      state.bids = bids;
    },
    get offers() {
      return state.offers;
    },
    set offers(offers) {
      state.offers = offers;
    },
    fills: state.fills,
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
    shock: (name) => parameters.of(`shock.${name}`, 1),
    takeShock: (name) => parameters.takeShock(name),
    word: (path) => parameters.word(path),
    chance: (path) => hazardProbability(parameters.of(path), 1),
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
      checkAccount(account);
      if (usd > 0) state.bids.push({ mechanism: id, account, usd, tokens: 0, tag });
    },
    offer(account, tokens, tag = 0) {
      if (tokens <= 0 || state.signals.price <= 0) return;
      checkAccount(account);
      ledger.move(id, account, 'orders', tokens);
      state.offers.push({ mechanism: id, account, usd: 0, tokens, tag });
    },
    fills: own,
    get book() {
      checkAccount('orders');
      return book;
    },
    stream: (purpose, entity = 0) => new Stream(state.key, state.day, purpose, entity),
  };
}
