import type { Hex } from '../genesis/base/hash.js';

/**
 * Everything a report shows, as plain data. `masa demo` and `masa report build` fill it; nothing in this room reads a
 * chain, a clock or a random number. Token amounts that must add up exactly are `bigint` in millionths of a token
 * (micro-tokens, names end in `Micro`); every other token amount is a number of whole tokens, for drawing only.
 */
export interface ReportInput {
  readonly title: string;
  readonly plan: PlanSummary;
  /** Full-population runs, the first one is the reference scenario. Drawn as paths, three at most. */
  readonly paths: readonly ScenarioPath[];
  /** The labelled smaller population from which bands and probabilities come. */
  readonly bands?: Bands | undefined;
  readonly comparison?: ScenarioComparison | undefined;
  readonly flows?: FlowMatrix | undefined;
  readonly balanceSheets?: readonly BalanceSheet[] | undefined;
  readonly supply: SupplyIdentity;
  readonly chain?: ChainFacts | undefined;
  readonly audit?: AuditSummary | undefined;
  /** Dated facts from the world, drawn beside the model and never used to make the bands. */
  readonly history?: readonly HistoryFact[] | undefined;
  readonly retention?: readonly RetentionPoint[] | undefined;
  readonly manifest: RunManifest;
  readonly model: ModelNotes;
}

/** What the reader must know of the model. */
export interface ModelNotes {
  /** How the price comes about, in one or two sentences. */
  readonly pricingRule: string;
  /** What is put in from outside, each as a noun phrase. */
  readonly exogenous: readonly string[];
}

/** How sure a number is: A record or code, B text of the project, C press, D inference, X not found. */
export type Confidence = 'A' | 'B' | 'C' | 'D' | 'X';

export interface PlanSummary {
  readonly name: string;
  readonly title: string;
  readonly profile: string;
  readonly overlays: readonly string[];
  readonly hash: Hex;
  readonly token: { readonly name: string; readonly symbol: string; readonly supplyMicro: bigint };
  /** Seconds since the epoch at which day 0 of every series begins. */
  readonly startSeconds: number;
  readonly groups: readonly PlanGroup[];
  /** Month 0 is the launch; every month has a row for every group. */
  readonly unlocks: readonly UnlockRow[];
  readonly assumptions: readonly Assumption[];
}

export interface PlanGroup {
  readonly id: string;
  readonly label: string;
  readonly amountMicro: bigint;
  readonly tgeMicro: bigint;
  readonly mode: 'liquid' | 'lock-then-linear' | 'cliff';
  readonly lockSeconds: number;
  readonly linearSeconds: number;
  readonly source: string;
  readonly confidence: Confidence;
  readonly assumed: boolean;
}

/** Unlocked amount of one group at the end of a month. */
export interface UnlockRow {
  readonly month: number;
  /** Id of the group. */
  readonly group: string;
  readonly unlockedMicro: bigint;
}

export interface Assumption {
  readonly path: string;
  readonly value: string;
  readonly unit: string;
  readonly source: string;
  readonly confidence: Confidence;
  readonly assumed: boolean;
}

export type Column = ArrayLike<number>;

/** One run of the whole population: daily columns, day 1 first, named as in the model's metric list. */
export interface ScenarioPath {
  readonly id: string;
  readonly label: string;
  /** What differs from the reference scenario, in words. */
  readonly what: string;
  readonly days: number;
  readonly wallets: number;
  readonly run: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Daily quantiles over the runs of one scenario at a smaller population; token amounts are scaled back to the full one. */
export interface Bands {
  readonly scenario: string;
  readonly runs: number;
  readonly wallets: number;
  /** Full population divided by the population of these runs, e.g. 100 for 1:100. */
  readonly scale: number;
  readonly days: number;
  readonly metrics: Readonly<Record<string, BandMetric>>;
  /** Two or three single runs of the ensemble, drawn thin. */
  readonly samples: readonly BandSample[];
  readonly keyFigures: readonly KeyFigure[];
  readonly bias: readonly BandBias[];
}

export interface BandMetric {
  readonly p5: Column;
  readonly p25: Column;
  readonly p50: Column;
  readonly p75: Column;
  readonly p95: Column;
}

export interface BandSample {
  readonly run: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** One metric at one day: the same seed at full population against the small one. */
export interface BandBias {
  readonly metric: string;
  readonly day: number;
  readonly full: number;
  readonly small: number;
}

export interface KeyFigure {
  readonly metric: string;
  readonly label: string;
  readonly format: FigureFormat;
  readonly threshold?: { readonly kind: 'below' | 'above'; readonly value: number } | undefined;
  readonly horizons: readonly KeyFigureHorizon[];
}

export interface KeyFigureHorizon {
  readonly day: number;
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  /** Share of runs that breach the threshold at this day. */
  readonly breach?: number | undefined;
}

/** How a number is written: whole tokens, dollars, a share of one, or a count. */
export type FigureFormat = 'tokens' | 'usd' | 'share' | 'count';

/** Paired differences: scenario and baseline share seeds, so that the noise cancels. */
export interface ScenarioComparison {
  readonly baseline: string;
  readonly runs: number;
  readonly wallets: number;
  readonly level: number;
  readonly day: number;
  readonly rows: readonly ComparisonRow[];
}

export interface ComparisonRow {
  readonly scenario: string;
  readonly scenarioLabel: string;
  readonly metric: string;
  readonly metricLabel: string;
  readonly format: FigureFormat;
  readonly baseline: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/** Net receipts (+) and payments (-) of each sector per mechanism, in micro-tokens, over the whole run. */
export interface FlowMatrix {
  readonly label: string;
  readonly sectors: readonly { readonly id: string; readonly label: string }[];
  readonly rows: readonly {
    readonly id: string;
    readonly label: string;
    readonly netMicro: readonly bigint[];
  }[];
}

export interface BalanceSheet {
  readonly label: string;
  readonly day: number;
  readonly balancesMicro: readonly { readonly sector: string; readonly micro: bigint }[];
}

/** genesis + minted = Σ balances, blackhole included. */
export interface SupplyIdentity {
  readonly genesisMicro: bigint;
  readonly mintedMicro: bigint;
  readonly balancesMicro: bigint;
  readonly burnedMicro: bigint;
  readonly checkedSteps: number;
}

export interface ChainFacts {
  readonly engine: string;
  readonly chainId: number;
  readonly genesisHash: Hex;
  readonly stateRoot: Hex;
  readonly blocks: number;
  readonly transactions: number;
  readonly contracts: readonly {
    readonly name: string;
    readonly address: string;
    readonly kind: string;
  }[];
}

export interface AuditSummary {
  readonly verdict: 'pass' | 'fail' | 'incomplete';
  readonly blocksReplayed: number;
  readonly findings: readonly {
    readonly check: string;
    readonly status: 'pass' | 'fail' | 'incomplete';
    readonly summary: string;
  }[];
}

/** A dated observation. `metric` is a name from the model's list so that it can be set beside the model's value. */
export interface HistoryFact {
  readonly metric: string;
  readonly label: string;
  /** Days after the start of the series. */
  readonly day: number;
  readonly value: number;
  readonly format: FigureFormat;
  /** `ceiling`: the observation bounds the metric from above. */
  readonly kind: 'value' | 'ceiling';
  readonly source: string;
  readonly confidence: Confidence;
}

export interface RetentionPoint {
  readonly cohort: string;
  readonly month: number;
  readonly share: number;
}

export interface RunManifest {
  readonly command: string;
  readonly createdAt: string;
  readonly seed: string;
  readonly days: number;
  readonly wallets: number;
  readonly wallSeconds: number;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly hashes: readonly { readonly name: string; readonly value: string }[];
  readonly settings: readonly { readonly name: string; readonly value: string }[];
}
