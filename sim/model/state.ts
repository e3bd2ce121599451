import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import type { Kernel } from '../kernel/kernel.js';
import { type Columns, createColumns } from './columns.js';
import { Ledger } from './ledger.js';
import type { Parameters } from './parameters.js';
import { type SignalName, signals } from './signals.js';

const WEI_PER_MICRO = 1_000_000_000_000n;

/** An order of one mechanism for the batch of the day. */
export interface Order {
  readonly mechanism: string;
  /** Account that gets what is bought or holds what is offered. */
  readonly account: string;
  /** USD to spend. */
  readonly usd: number;
  /** Micro-tokens on offer. */
  readonly tokens: number;
  /** The mechanism's own mark. */
  readonly tag: number;
}

/** An order after the batch: bids got tokens, offers got USD. */
export interface Fill {
  readonly usd: number;
  readonly tokens: number;
  readonly tag: number;
}

/** Everything that one run knows, apart from what mechanisms keep for themselves. */
export class State {
  readonly ledger: Ledger;
  readonly columns: Columns;
  readonly signals: Record<SignalName, number>;
  /** Of today, by metric name. */
  today: Record<string, number> = {};
  day = 0;
  /** Visits to entities since the start. */
  events = 0;
  bids: Order[] = [];
  offers: Order[] = [];
  readonly fills = new Map<string, { bids: Fill[]; offers: Fill[] }>();

  constructor(
    readonly plan: ResolvedPlan,
    readonly parameters: Parameters,
    readonly kernel: Kernel,
    readonly key: readonly [number, number],
    /** One wallet stands for this many. */
    readonly scale: number,
  ) {
    this.ledger = new Ledger(Number(plan.token.supply / WEI_PER_MICRO));
    const initial = parameters.of('population.initialWallets');
    const potential = Math.min(
      parameters.of('population.maximumWallets'),
      Math.max(initial, parameters.of('adoption.potentialWallets')),
    );
    this.columns = createColumns(
      Math.max(1, Math.round(potential / scale)),
      Math.max(1, Math.round(parameters.of('nodes.maximumOperators'))),
    );
    this.signals = Object.fromEntries(Object.keys(signals).map((name) => [name, 0])) as Record<
      SignalName,
      number
    >;
  }
}
