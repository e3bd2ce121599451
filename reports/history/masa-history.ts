import { metricNames } from '../prepare/metric-names.js';
import type { HistoryFact } from '../report-input.js';

/**
 * What is known of the live Masa token, by days after 11 April 2024. Data only: reports of the plan `masa` draw these
 * facts beside the model. What numbers of the plan were set by says so in its label.
 */
export const masaHistory: readonly HistoryFact[] = [
  {
    metric: metricNames.stakedHolders,
    label:
      'staked by holders over all chains, October 2024: 12 to 13 M (the plan is calibrated to it)',
    day: 187,
    value: 12_500_000,
    format: 'tokens',
    kind: 'value',
    source: 'MasaStakingV2 constructor arguments (Ethereum 11.98 M), other chains estimated',
    confidence: 'D',
  },
  {
    metric: metricNames.price,
    label: 'price, 13 February 2025 (the plan is calibrated to it)',
    day: 308,
    value: 0.0465,
    format: 'usd',
    kind: 'value',
    source: 'subnet-token-economics: 15 M = 700,000 USD, 1,500 = 69 USD',
    confidence: 'B',
  },
  {
    metric: metricNames.wallets,
    label: 'wallets, mid 2025: the same 1.4 M as at launch, 15 months before',
    day: 473,
    value: 1_400_000,
    format: 'count',
    kind: 'value',
    source: 'coinelo.ai, mid 2025',
    confidence: 'C',
  },
  {
    metric: metricNames.price,
    label: 'price implied by a market value of 10 M USD, July 2025 (the plan is calibrated to it)',
    day: 473,
    value: 0.0179,
    format: 'usd',
    kind: 'value',
    source: 'market value and circulating supply of a price tracker, July 2025; derived',
    confidence: 'C',
  },
  {
    metric: metricNames.circulating,
    label: 'circulating supply, 28 July 2025 (the plan is calibrated to it)',
    day: 473,
    value: 558_800_582,
    format: 'tokens',
    kind: 'value',
    source: 'price tracker, 28 July 2025',
    confidence: 'C',
  },
  {
    metric: metricNames.burned,
    label: 'genesis minus total supply, 28 July 2025: everything ever burned or never minted',
    day: 473,
    value: 13_749_913,
    format: 'tokens',
    kind: 'ceiling',
    source: 'price tracker, 28 July 2025; derived',
    confidence: 'D',
  },
];
