import { z } from 'zod';
import {
  basisPoints,
  choice,
  flag,
  hazard,
  integer,
  number,
  share,
  text,
  tokens,
  usd,
} from './leaf.js';

// Every behavioural default of the simulator, one object per mechanism. Rates are per day and become
// probabilities as 1 - exp(-rate × dt); USD amounts are floats; token amounts are quoted decimals.

/** Wallets by latent class; members of a class share their parameters. */
const populationSchema = z.strictObject({
  initialWallets: integer('Wallets that exist at TGE', 'wallets', 0, 100_000_000),
  maximumWallets: integer('Room for wallets in a run', 'wallets', 1, 100_000_000),
  initialActiveShare: share('Share of the initial wallets that are active on day 0'),
  farmerShare: share('Share of wallets that contribute for the payout and sell at once'),
  casualShare: share('Share of wallets that contribute now and then'),
  loyalShare: share('Share of wallets that contribute steadily and hold'),
});

/** M15: Bass adoption with stall and dormancy. */
const adoptionSchema = z.strictObject({
  potentialWallets: integer(
    'Wallets that could ever join (M of the Bass model)',
    'wallets',
    0,
    1e9,
  ),
  innovationPerYear: number('Bass p: joining without being asked', 'per year', 0, 10),
  imitationPerYear: number('Bass q: joining because others did', 'per year', 0, 10),
  incentiveElasticity: number(
    'Elasticity of the join hazard in the USD incentive against its reference',
    'elasticity',
    0,
    5,
  ),
  referenceIncentiveUsdPerDay: number(
    'USD a median active wallet earns a day at which hazards stand as stated',
    'USD per day',
    1e-9,
    1e6,
  ),
  dormancyPerDay: hazard('Hazard of an active wallet falling dormant'),
  returnPerDay: hazard('Hazard of a dormant wallet returning'),
  leavePerDay: hazard('Hazard of a dormant wallet leaving for good'),
  retentionElasticity: number(
    'How strongly a higher USD incentive lowers dormancy and raises return (logit slope in ln(1 + reward))',
    'elasticity',
    0,
    5,
  ),
  normWeight: number(
    'Weight of the active share of others in the utility of staying',
    'weight',
    0,
    5,
  ),
});

/** M1: contribute-to-earn in the app (quest) and the extension (surf); nodes have their own section. */
const contributionSchema = z.strictObject({
  programme: text('Programme that pays contributors; its epochs are the payout epochs', 40),
  questPoints: number('Points per finished quest', 'points', 0, 1e6),
  pageViewPoints: number('Points per page view', 'points', 0, 1e6),
  dailyLoginPoints: number('Points per daily login', 'points', 0, 1e6),
  walletEventPoints: number('Points per wallet event (connect, trade, bridge)', 'points', 0, 1e6),
  mintPoints: number('Points per soulbound token or name minted', 'points', 0, 1e6),
  socialLinkPoints: number('Points for the first social link', 'points', 0, 1e6),
  pageViewDailyCap: number('Most page-view points counted in a day', 'points per day', 0, 1e9),
  loginStreakDays: integer('Logins in a row that complete a streak', 'days', 1, 365),
  loginStreakMultiplier: number('Factor on the points of a completed streak', 'factor', 1, 1000),
  questShare: share('Share of active wallets that do quests'),
  surfShare: share('Share of active wallets that run the extension'),
  questsPerActiveDay: number('Quests of an active quest wallet', 'per day', 0, 1000),
  pageViewsPerActiveDay: number('Page views of an active surf wallet', 'per day', 0, 100_000),
  walletEventsPerActiveDay: number('Wallet events of an active wallet', 'per day', 0, 1000),
  loginsPerActiveDay: share('Chance that an active wallet logs in on a day'),
  farmerEffort: number('Factor on the activity of farmers', 'factor', 0, 100),
  casualEffort: number('Factor on the activity of casual wallets', 'factor', 0, 100),
  loyalEffort: number('Factor on the activity of loyal wallets', 'factor', 0, 100),
  questCostUsd: usd('Effort cost of one quest'),
  surfCostUsdPerDay: usd('Effort cost of a day with the extension'),
  payoutMode: choice('How the budget of an epoch is paid', ['pro-rata', 'fixed-price']),
  fixedTokensPerPoint: tokens('Price of a point when payoutMode is fixed-price'),
  questBudgetBasisPoints: basisPoints(
    'Part of the contributor programme for quests; the rest is for surfing',
  ),
  claimPerDay: hazard('Hazard of claiming what has accrued'),
  minimumClaimTokens: tokens('Smallest claim that a wallet bothers with'),
  saleWeibullShape: number(
    'Shape of the Weibull law of the time to sale after a receipt',
    'shape',
    0.01,
    10,
  ),
  saleWeibullScaleDays: number('Scale of the same law', 'days', 0.01, 100_000),
  farmerSalePerDay: hazard('Hazard of a farmer selling its free balance'),
  casualSalePerDay: hazard('Hazard of a casual wallet selling its free balance'),
  loyalSalePerDay: hazard('Hazard of a loyal wallet selling its free balance'),
  saleFraction: share('Part of the free balance that a sale sells'),
});

/** M2: the soulbound vault. */
const zksbtSchema = z.strictObject({
  joinMintShare: share('Share of joining wallets that mint at once'),
  mintPerActiveDay: hazard('Hazard of an active wallet without a vault minting one'),
  initialShare: share('Share of the initial wallets that own a vault on day 0'),
  managePerMonth: number(
    'Management events of a vault owner per active month',
    'per month',
    0,
    10_000,
  ),
  feeMode: choice('Whether fees are set in USD or in tokens', ['usd', 'tokens']),
  mintFeeUsd: usd('Fee to mint'),
  manageFeeUsd: usd('Fee to manage'),
  mintFeeTokens: tokens('Fee to mint when feeMode is tokens'),
  manageFeeTokens: tokens('Fee to manage when feeMode is tokens'),
  burnBasisPoints: basisPoints(
    'Burned part of the fee; the rest follows the payees of the fee split',
  ),
  feeElasticity: number('Elasticity of minting in the USD fee against 1 USD', 'elasticity', 0, 5),
});

/** M3 and M4: opting in to data pools, and those who open pools. */
const dataStakingSchema = z.strictObject({
  programme: text('Programme that seeds pools with tokens', 40).optional(),
  optInPerActiveDay: hazard('Hazard of an active wallet opting in'),
  optOutPerDay: hazard('Hazard of opting out before the term ends'),
  termDays: integer('Length of a sharing term', 'days', 1, 3650),
  renewShare: share('Chance that an ended term is renewed at once'),
  fullSharingShare: share('Chance that a wallet shares all of its data and not a part'),
  partialSharingWeight: share('Weight of a partial sharer against a full one'),
  pointsPerDay: number('Data points that a full sharer delivers per day', 'points per day', 0, 1e6),
  poolsAtLaunch: integer('Open pools on day 0', 'pools', 0, 100_000),
  poolsPerMonth: number(
    'New pools per month at the reference data quality',
    'pools per month',
    0,
    10_000,
  ),
  poolBudgetMedianUsd: usd('Median budget of a pool'),
  poolBudgetSigma: number('Sigma of the log-normal budget', 'log units', 0, 5),
  poolDays: integer('Days that a pool stays open', 'days', 1, 3650),
  pricePerPointUsd: usd('Reward of a pool per data point'),
  topUpShare: share('Chance that a pool that ran dry is topped up with half its budget'),
  walletCapShare: share('Largest part of a pool that one wallet may earn'),
  stablecoinShare: share('Part of the pools that pays in stablecoins and not in the token'),
  refundUnearned: flag('Whether the creator takes back what was not earned'),
});

/** M5: those who pay for data, products and services. */
const buyersSchema = z.strictObject({
  initialBuyers: integer('Buyers on day 0', 'buyers', 0, 1_000_000),
  launchDemandUsdPerMonth: usd('Demand of all buyers together in the first month'),
  demandGrowthPerMonth: number('Exogenous growth of demand', 'per month', -1, 10),
  arrivalsPerMonth: number(
    'New buyers per month at the reference data quality',
    'buyers per month',
    0,
    100_000,
  ),
  budgetSigma: number('Sigma of the log-normal budget of a buyer', 'log units', 0, 5),
  purchasesPerMonth: number('Purchases of a buyer per month', 'per month', 0, 10_000),
  contractMonths: number('Length of a contract', 'months', 0.1, 120),
  renewalShare: share('Chance of renewal at the reference data quality'),
  qualityElasticity: number(
    'Elasticity of demand, arrivals and renewal in data quality',
    'elasticity',
    0,
    5,
  ),
  contributorExponent: number('Exponent of active contributors in data quality', 'exponent', 0, 2),
  freshnessHalfLifeDays: number('Half-life of the freshness of a data point', 'days', 0.1, 10_000),
  priceElasticity: number(
    'Substitution against an outside option (CES sigma)',
    'elasticity',
    0,
    20,
  ),
  outsideShare: share('Spending share of the outside option at equal price and quality'),
  tokenPaymentShare: share('Part of the payments made in the token'),
  stablecoinPaymentShare: share('Part of the payments made in stablecoins'),
  otherPaymentShare: share('Part of the payments made in another coin'),
  boughtForPaymentShare: share(
    'Part of token payments whose tokens were bought on the market for it',
  ),
  conversionFeeBasisPoints: basisPoints('Cost of converting another coin'),
  burnBasisPoints: basisPoints(
    'Burned part of a payment; the rest follows the payees of the fee split',
  ),
  freeFromMonth: integer('Month from which data is given away; 0 is never', 'month', 0, 1200),
});

/** M6: gas of what happens on the chain. The price is the chain's base fee. */
const gasSchema = z.strictObject({
  faucetAccount: text('Account that gives newcomers their first gas', 40),
  priceMultiple: number('Paid gas price over the minimum base fee', 'factor', 1, 1e6),
  backgroundTransactionsPerDay: number(
    'Transactions a day that no mechanism makes',
    'per day',
    0,
    1e9,
  ),
  backgroundGas: integer('Gas of such a transaction', 'gas', 21_000, 100_000_000),
  transferGas: integer('Gas of a transfer', 'gas', 21_000, 100_000_000),
  claimGas: integer('Gas of claiming a reward', 'gas', 21_000, 100_000_000),
  mintGas: integer('Gas of minting a vault', 'gas', 21_000, 100_000_000),
  manageGas: integer('Gas of managing a vault', 'gas', 21_000, 100_000_000),
  optInGas: integer('Gas of opting in or out', 'gas', 21_000, 100_000_000),
  poolGas: integer('Gas of opening or topping up a pool', 'gas', 21_000, 100_000_000),
  paymentGas: integer('Gas of a payment', 'gas', 21_000, 100_000_000),
  stakeGas: integer('Gas of staking, unlocking or claiming a stake', 'gas', 21_000, 100_000_000),
  faucetTokens: tokens('What the faucet gives a newcomer for the first gas'),
});

/** M7: oracle and worker nodes. */
const nodesSchema = z.strictObject({
  programme: text('Programme that rewards nodes', 40),
  initialOperators: integer('Operators on day 0', 'operators', 0, 1_000_000),
  maximumOperators: integer('Room for operators', 'operators', 1, 1_000_000),
  minimumStakeTokens: tokens('Smallest stake of a node'),
  averageStakeMultiple: number('Mean stake over the smallest one', 'factor', 1, 10_000),
  entriesPerDay: number(
    'Candidates per day at the reference margin',
    'operators per day',
    0,
    100_000,
  ),
  entryElasticity: number('Slope of entry in the relative margin', 'elasticity', 0, 20),
  exitPerDay: hazard('Hazard of exit of an operator without margin'),
  exitElasticity: number('Slope of exit in the relative margin', 'elasticity', 0, 20),
  lowCostUsdPerMonth: usd('Running cost of the cheap tier'),
  middleCostUsdPerMonth: usd('Running cost of the middle tier'),
  highCostUsdPerMonth: usd('Running cost of the dear tier'),
  lowCostShare: share('Share of operators in the cheap tier'),
  middleCostShare: share('Share of operators in the middle tier; the rest is dear'),
  uptimeMean: share('Mean uptime'),
  uptimeSpread: share('Spread of uptime between operators'),
  qualityMean: share('Mean quality of answers'),
  qualitySpread: share('Spread of quality between operators'),
  qualityThreshold: share('Quality below which an answer earns nothing'),
  cheatersShare: share('Share of operators that cheat'),
  faultsPerMonth: number('Bad answers of a cheater per month', 'per month', 0, 1e6),
  detectionShare: share('Chance that a bad answer is found'),
  slashCoefficient: number(
    'Slash per found bad answer over the reward of an answer',
    'factor',
    0,
    100,
  ),
  unbondingDays: integer('Days from exit to the return of the stake', 'days', 0, 3650),
  rewardLockDays: integer('Days for which the stake stays locked from entry', 'days', 0, 3650),
  rewardSalePerDay: hazard('Hazard of an operator selling earned tokens'),
  boughtStakeShare: share('Part of new stake that is bought on the market'),
  validators: integer('Validators of the chain', 'validators', 1, 10_000),
});

/** M11: who stakes, and for how long. Terms and rewards stand in the staking section of the plan. */
const holderStakingSchema = z.strictObject({
  targetShare: share('Staked share of the unlocked supply at the reference yield'),
  referenceYield: number('Yearly yield at which the target share holds', 'per year', 0, 100),
  yieldSensitivity: number(
    'Slope of the logit of the share in the yearly yield',
    'logit per unit yield',
    0,
    100,
  ),
  adjustmentPerDay: hazard('Speed of adjustment towards the target share'),
  stakePerDay: hazard('Largest hazard of a holder deciding to stake'),
  stakeFraction: share('Part of its free balance that a staker stakes'),
  minimumStakeTokens: tokens('Smallest stake that a holder bothers with'),
  termWeights: z
    .array(number('Chance of choosing the term at this place', 'weight', 0, 1e6))
    .min(1)
    .max(32)
    .meta({ description: 'One weight per staking term, in the order of the terms' }),
  restakeShare: share('Chance that a matured stake is staked again'),
  claimPerDay: hazard('Hazard of claiming a stake whose cooldown is over'),
});

/** M9, M10: what those do who hold vesting or sale tokens, by allocation group. */
const holderSchema = z.strictObject({
  kind: choice(
    'A treasury sells evenly for its costs; first node stakes come from the public group',
    ['team', 'investors', 'public', 'treasury'],
  ),
  holders: integer('People in the group', 'people', 1, 10_000_000),
  costBasisUsd: usd('What a token cost them'),
  salePerDay: hazard('Hazard of selling free tokens at the neutral point'),
  dispositionWeight: number('Effect on the log hazard of standing at a gain', 'log units', -5, 5),
  gainWeight: number('Effect on the log hazard of ln(price / cost)', 'log units', -5, 5),
  hedgedShare: share('Part sold over the counter, so not on the market'),
});

/** The venue: one pool with effective depth, cleared once a step at one price. */
const marketSchema = z.strictObject({
  treasuryAccount: text('Account that seeds the pool and sells for the costs of the project', 40),
  launchPriceUsd: usd('Price at TGE'),
  depthUsd: usd('USD side of the pool that the treasury seeds on day 0'),
  depthMultiple: number('Effective depth of all venues over that pool', 'factor', 1, 10_000),
  depthDecayPerYear: number('Share of depth lost per year', 'per year', 0, 100),
  minimumDepthUsd: usd('Depth that stays'),
  feeBasisPoints: basisPoints('Fee of the pool on the net flow'),
  dailyVolatility: number('Volatility of the exogenous factor', 'per square-root day', 0, 2),
  driftPerDay: number('Drift of the logarithm of the exogenous factor', 'per day', -1, 1),
  jumpsPerYear: number('Jumps of the exogenous factor', 'per year', 0, 1000),
  jumpMean: number('Mean of the logarithm of a jump', 'log units', -5, 5),
  jumpSigma: number('Spread of the logarithm of a jump', 'log units', 0, 5),
  anticipationDays: integer(
    'Days before a known unlock in which its sale is anticipated',
    'days',
    0,
    365,
  ),
  anticipationShare: share('Part of the sales of an unlock that happens before it'),
});

/** M14: demand by expectation; `enabled: false` switches it off. */
const speculatorsSchema = z.strictObject({
  enabled: flag('Whether speculators trade'),
  chartistShare: share('Weight of trend followers on day 0'),
  fundamentalistShare: share('Weight of those who trade towards the fundamental price'),
  noiseShare: share('Weight of noise traders'),
  capitalUsd: usd('Capital that speculators move'),
  chartistStrength: number(
    'Part of the capital moved per unit of the 30-day log return',
    'factor',
    0,
    100,
  ),
  fundamentalistStrength: number(
    'Part of the capital moved per unit of log mispricing',
    'factor',
    0,
    100,
  ),
  noiseUsdPerDay: usd('Standard deviation of the daily noise flow'),
  switchingIntensity: number('Intensity of choice in the logit switching', 'intensity', 0, 1000),
  memoryDays: number('Memory of past profits', 'days', 1, 3650),
  priceToSales: number('Fundamental market value over yearly revenue', 'factor', 0, 100_000),
  airdropExpectationUsd: usd('Expected value of secondary airdrops and listings per active wallet'),
});

/** Behaviour of everybody. A missing mechanism section means that the economy has no such mechanism. */
export const economySchema = z.strictObject({
  population: populationSchema,
  adoption: adoptionSchema,
  contribution: contributionSchema.optional(),
  zksbt: zksbtSchema.optional(),
  dataStaking: dataStakingSchema.optional(),
  buyers: buyersSchema.optional(),
  gas: gasSchema,
  nodes: nodesSchema.optional(),
  staking: holderStakingSchema.optional(),
  holders: z
    .record(z.string(), holderSchema)
    .meta({ description: 'Behaviour by allocation group; every group of the plan has one' }),
  payees: z
    .record(
      z.string(),
      choice('Who is behind the payee account', [
        'contributors',
        'nodes',
        'validators',
        'treasury',
      ]),
    )
    .optional()
    .meta({ description: 'What the payees of the fee split stand for; every payee has one' }),
  market: marketSchema,
  speculators: speculatorsSchema.optional(),
});
