import type { FigureFormat } from '../report-input.js';

/**
 * The columns of the model that the report reads, by meaning. Names are those of the model's metric list (a test compares
 * the two); token columns are in whole tokens here.
 */
export const metricNames = {
  price: 'priceUsd',
  circulating: 'circulating',
  free: 'circulatingFree',
  staked: 'staked',
  stakedHolders: 'stakedHolders',
  stakingRatio: 'stakingRatio',
  burned: 'burned',
  minted: 'minted',
  emitted: 'emitted',
  unlocked: 'unlocked',
  wallets: 'walletsJoined',
  active: 'walletsActive',
  buyers: 'buyersActive',
} as const;

/** The stack of exhibit 4 from the bottom; every token is in exactly one. */
export const supplyBuckets: readonly {
  readonly id: string;
  readonly label: string;
  readonly columns: readonly string[];
}[] = [
  { id: 'burned', label: 'burned', columns: ['burned'] },
  { id: 'staked', label: 'staked', columns: ['staked'] },
  { id: 'held', label: 'held, free', columns: ['held'] },
  { id: 'pool', label: 'exchanges and their buyers', columns: ['pool'] },
  { id: 'treasury', label: 'treasury', columns: ['treasury'] },
  { id: 'programmes', label: 'reward programmes, not yet paid', columns: ['programmes'] },
  { id: 'locked', label: 'locked by vesting', columns: ['locked'] },
];

/** How the report writes each metric. */
export const metricFormats: Readonly<
  Record<string, { readonly label: string; readonly format: FigureFormat }>
> = {
  [metricNames.price]: { label: 'Price', format: 'usd' },
  [metricNames.circulating]: { label: 'Circulating supply', format: 'tokens' },
  [metricNames.free]: { label: 'Circulating supply (b)', format: 'tokens' },
  [metricNames.staked]: { label: 'Staked', format: 'tokens' },
  [metricNames.stakedHolders]: { label: 'Staked by holders', format: 'tokens' },
  [metricNames.stakingRatio]: { label: 'Staking ratio', format: 'share' },
  [metricNames.burned]: { label: 'Cumulative burn', format: 'tokens' },
  [metricNames.wallets]: { label: 'Wallets joined', format: 'count' },
  [metricNames.active]: { label: 'Active contributors', format: 'count' },
  [metricNames.buyers]: { label: 'Active buyers', format: 'count' },
};
