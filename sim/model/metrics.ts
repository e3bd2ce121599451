/** One daily column of a run. */
export interface Metric {
  readonly name: string;
  /** Units that begin with `micro` are millionths of a token. */
  readonly unit: 'usd' | 'microtoken' | 'count' | 'ratio' | 'gas';
  /** A stock is the value at the end of the day, a flow the amount of the day. */
  readonly kind: 'stock' | 'flow';
  readonly describe: string;
}

const stock = (name: string, unit: Metric['unit'], describe: string): Metric => ({
  name,
  unit,
  kind: 'stock',
  describe,
});
const flow = (name: string, unit: Metric['unit'], describe: string): Metric => ({
  name,
  unit,
  kind: 'flow',
  describe,
});

/** Daily columns of every run, in the order of the output. Value of day 1 first. */
export const metrics: readonly Metric[] = [
  stock('priceUsd', 'usd', 'Uniform batch price of the day'),
  stock('supplyTotal', 'microtoken', 'Genesis supply plus minted, less burned'),
  stock('minted', 'microtoken', 'Minted in total since genesis'),
  stock('burned', 'microtoken', 'In the blackhole; burned in total'),
  flow('burnedGas', 'microtoken', 'Burned from gas fees'),
  flow('burnedData', 'microtoken', 'Burned from payments for data'),
  flow('burnedZksbt', 'microtoken', 'Burned from fees of soulbound tokens'),
  flow('burnedSlashed', 'microtoken', 'Burned by slashing of nodes'),
  stock('circulating', 'microtoken', 'Unlocked: supply less what vesting schedules hold'),
  stock('circulatingFree', 'microtoken', 'Unlocked, without treasury and undistributed programmes'),
  flow('unlocked', 'microtoken', 'Released by vesting schedules'),
  flow('emitted', 'microtoken', 'Released by programmes to their receivers'),
  flow('emittedNodes', 'microtoken', 'Emission of the programme of nodes'),
  flow('emittedContributors', 'microtoken', 'Emission of the programme of contributors'),
  flow('emittedData', 'microtoken', 'Emission of the programme of data pools'),
  stock('locked', 'microtoken', 'Held by vesting schedules'),
  stock('staked', 'microtoken', 'Staked by holders and nodes, in cooldown and unbonding included'),
  stock('stakedHolders', 'microtoken', 'Holder staking, from stake to claim'),
  stock('cooldown', 'microtoken', 'Holder staking in cooldown'),
  stock('stakingReserve', 'microtoken', 'Rewards of holder staking, reserved and free'),
  stock('treasury', 'microtoken', 'Treasury'),
  stock('programmes', 'microtoken', 'Programmes, staking rewards, accrued and unclaimed rewards'),
  stock('pool', 'microtoken', 'Tokens that the venues and those who bought there hold'),
  stock('poolUsd', 'usd', 'Effective depth of the venues, USD side'),
  stock('held', 'microtoken', 'Free balances of wallets, holders, nodes, validators and others'),
  stock('walletBalances', 'microtoken', 'Free balances of contributors'),
  stock('walletsJoined', 'count', 'Wallets that joined and did not leave'),
  stock('walletsActive', 'count', 'Active wallets'),
  stock('walletsDormant', 'count', 'Dormant wallets'),
  flow('joins', 'count', 'Wallets that joined'),
  flow('leaves', 'count', 'Wallets that left for good'),
  stock('buyersActive', 'count', 'Buyers with a running contract'),
  flow('buyerUsd', 'usd', 'Spent by buyers'),
  flow('converted', 'microtoken', 'Bought with payments of buyers'),
  flow('dataPayouts', 'microtoken', 'Earned by wallets that share data'),
  flow('questPayouts', 'microtoken', 'Earned by contributors'),
  stock('nodesActive', 'count', 'Nodes with stake'),
  stock('nodeStake', 'microtoken', 'Stake of nodes'),
  flow('slashed', 'microtoken', 'Slashed from nodes'),
  stock('operatorMarginUsd', 'usd', 'Mean daily revenue less cost of a node'),
  flow('gasFees', 'microtoken', 'Gas fees'),
  flow('transactions', 'count', 'Transactions on the chain'),
  flow('revenueUsd', 'usd', 'Payments for data, gas and soulbound tokens'),
  flow('sold', 'microtoken', 'Sold on the market'),
  flow('bought', 'microtoken', 'Bought on the market'),
  flow('stakes', 'count', 'New staking positions'),
  flow('gasUsed', 'gas', 'Gas of all transactions'),
  flow('validatorUsd', 'usd', 'Gas fees per validator'),
  flow('offMarket', 'microtoken', 'Sold over the counter'),
  flow('dataPayoutsUsd', 'usd', 'Earned in stablecoins by wallets that share data'),
  stock('quality', 'ratio', 'Data quality against the first day'),
];

const names = new Set(metrics.map(({ name }) => name));

/** Whether a daily column of this name exists. */
export function isMetric(name: string): boolean {
  return names.has(name);
}
