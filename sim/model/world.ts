import type { Wei } from '../../genesis/base/amount.js';
import { ToolkitError } from '../../genesis/base/errors.js';
import { splitFee } from '../../genesis/formulas/fee-split.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import type { Kernel } from '../kernel/kernel.js';
import { Stream } from '../kernel/stream.js';
import { Ledger } from './ledger.js';
import type { Parameters } from './parameters.js';

export const ACTIVE = 1;
export const DORMANT = 2;
export const LEFT = 3;
const WEI_PER_MICRO = 1_000_000_000_000n;

/** Wallets by effort: farmers, casual and loyal ones, interleaved so that a class is an arithmetic set of ids. */
export interface WalletClass {
  readonly id: 'farmer' | 'casual' | 'loyal';
  readonly offset: number;
  readonly width: number;
  readonly shares: number;
}

/** Per-wallet columns; amounts in micro-tokens. */
export interface Wallets {
  count: number;
  active: number;
  dormant: number;
  left: number;
  shares: number;
  readonly status: Uint8Array;
  readonly effort: Uint8Array;
  readonly soulbound: Uint8Array;
  readonly dataShare: Uint8Array;
  readonly balance: Float64Array;
  readonly settled: Float64Array;
  readonly dataSettled: Float64Array;
}

/** Everything that one run knows. */
export class World {
  readonly ledger: Ledger;
  readonly wallets: Wallets;
  readonly classes: readonly WalletClass[];
  /** Of today, by metric name; written by mechanisms, read by the last step. */
  today: Record<string, number> = {};
  day = 0;
  price = 0;
  poolUsd = 0;
  accumulator = 0;
  dataAccumulator = 0;
  dataShares = 0;
  soulbound = 0;
  transactions = 0;
  gasUsed = 0;
  events = 0;
  /** USD bids of the day: account and what to do with what was bought. */
  bids: { usd: number; account: string; mechanism: string; received?: (tokens: number) => void }[] =
    [];
  offers: { tokens: number; mechanism: string }[] = [];
  readonly payees: readonly { account: string; basisPoints: number }[];

  constructor(
    readonly plan: ResolvedPlan,
    readonly parameters: Parameters,
    readonly kernel: Kernel,
    readonly key: readonly [number, number],
    readonly scale: number,
  ) {
    this.ledger = new Ledger(Number(plan.token.supply / WEI_PER_MICRO));
    const of = (path: string) => parameters.of(path);
    const farmers = Math.round(of('population.farmerShare') * 20);
    const casual = Math.round(of('population.casualShare') * 20);
    const effort = (value: number) => Math.max(1, Math.min(250, Math.round(value * 10)));
    this.classes = [
      { id: 'farmer', offset: 0, width: farmers, shares: effort(of('contribution.farmerEffort')) },
      {
        id: 'casual',
        offset: farmers,
        width: casual,
        shares: effort(of('contribution.casualEffort')),
      },
      {
        id: 'loyal',
        offset: farmers + casual,
        width: Math.max(0, 20 - farmers - casual),
        shares: effort(of('contribution.loyalEffort')),
      },
    ];
    const start = Math.round(of('population.initialWallets') / scale);
    const room = Math.max(start, Math.round(of('adoption.potentialWallets') / scale));
    const bytes = () => new Uint8Array(room);
    this.wallets = {
      count: 0,
      active: 0,
      dormant: 0,
      left: 0,
      shares: 0,
      status: bytes(),
      effort: bytes(),
      soulbound: bytes(),
      dataShare: bytes(),
      balance: new Float64Array(room),
      settled: new Float64Array(room),
      dataSettled: new Float64Array(room),
    };
    const payeeOf = {
      contributors: 'contributorPool',
      nodes: 'nodePool',
      validators: 'validators',
      treasury: 'treasury',
    } as Record<string, string>;
    const mapping = (plan.economy as { payees?: Record<string, string> } | undefined)?.payees ?? {};
    this.payees = plan.fees.payees.map(({ account, basisPoints }) => ({
      account: payeeOf[mapping[account] ?? ''] ?? 'others',
      basisPoints,
    }));
  }

  stream(purpose: number, entity = 0): Stream {
    return new Stream(this.key, this.day, purpose, entity);
  }

  add(metric: string, value: number): void {
    this.today[metric] = (this.today[metric] ?? 0) + value;
  }

  /** Whole tokens of this many USD at today's price, as micro-tokens, rounded down. */
  microOfUsd(usd: number): number {
    return this.price > 0 ? Math.floor((usd / this.price) * 1e6) : 0;
  }

  /** Adds wallets at the end of the columns. */
  join(count: number, status: number): void {
    const { wallets } = this;
    const to = Math.min(wallets.status.length, wallets.count + count);
    for (let id = wallets.count; id < to; id += 1) {
      const place = id % 20;
      const kind = this.classes.find((one) => place < one.offset + one.width) ?? this.classes[1]!;
      wallets.status[id] = status;
      wallets.effort[id] = kind.shares;
      wallets.settled[id] = this.accumulator;
      if (status === ACTIVE) wallets.shares += kind.shares;
    }
    if (status === ACTIVE) wallets.active += to - wallets.count;
    else wallets.dormant += to - wallets.count;
    wallets.count = to;
  }

  /** Pays out what members earned; they must be active. */
  settle(mechanism: string, members: Uint32Array): void {
    const { wallets } = this;
    const sum = this.kernel.settle(
      members,
      wallets.effort,
      this.accumulator,
      wallets.settled,
      wallets.balance,
    );
    this.ledger.move(mechanism, 'accrued', 'wallets', sum);
    this.events += members.length;
  }

  /** Takes tokens off an account and offers them to the market. */
  offer(mechanism: string, from: string, tokens: number): void {
    this.ledger.move(mechanism, from, 'orders', tokens);
    if (tokens > 0) this.offers.push({ tokens, mechanism });
  }

  /** Divides a fee as the splitter does; the remainder is burned. Returns what was burned. */
  splitFee(mechanism: string, from: string, amount: number, burnBasisPoints: number): number {
    if (amount <= 0) return 0;
    const split = splitFee(
      BigInt(amount) as Wei,
      this.payees.length === 0 ? 10_000 : burnBasisPoints,
      this.payees.map(({ basisPoints }) => basisPoints),
    );
    this.payees.forEach(({ account }, at) => {
      this.ledger.move(mechanism, from, account, Number(split.credits[at] ?? 0n));
    });
    this.ledger.move(mechanism, from, 'blackhole', Number(split.burned));
    return Number(split.burned);
  }

  /**
   * Counts every column again.
   *
   * @throws ToolkitError `CONSERVATION_BROKEN` with step, account and difference.
   */
  verify(mechanism: string, nodes: Readonly<Record<string, Float64Array>>): void {
    const fail = (account: string, difference: bigint) => {
      throw new ToolkitError({
        code: 'CONSERVATION_BROKEN',
        message: `On day ${this.day} ${account} differs by ${difference} micro-tokens after ${mechanism}.`,
        where: `day ${this.day}, mechanism ${mechanism}`,
        next: 'The model has a mistake; the results before this day are still exact.',
      });
    };
    const total = this.ledger.difference();
    if (total !== 0n) fail('the sum of all accounts', total);
    for (const [account, column] of Object.entries({ wallets: this.wallets.balance, ...nodes })) {
      const difference = BigInt(this.ledger.of(account)) - this.kernel.sum(column);
      if (difference !== 0n) fail(account, difference);
    }
  }
}
