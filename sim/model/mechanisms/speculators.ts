import { exp, log } from '../../kernel/real-functions.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';

const TREND_DAYS = 30;
const DAYS_PER_YEAR = 365;

/**
 * M14: speculative orders (Brock and Hommes 1998). Fundamentalists trade towards a multiple of yearly revenue plus the
 * airdrops that active wallets expect; chartists follow the return of 30 days; noise trades. Weights follow past profits
 * by logit. Nobody spends dollars or sells tokens that he does not have.
 */
export const speculators = defineMechanism({
  id: 'speculators',
  about: 'M14: speculators',
  phase: 'orders',
  after: ['operator-sales'],
  reads: [],
  writes: [],
  sets: ['speculatorUsd'],
  accounts: ['speculators'],
  create(access) {
    const of = (name: string) => access.of(`speculators.${name}`);
    const logs: number[] = [];
    let sales = access.of('buyers.launchDemandUsdPerMonth') / (DAYS_PER_YEAR / 12);
    let chartistProfit = 0;
    let fundamentalistProfit = 0;
    let chartistSide = 0;
    let fundamentalistSide = 0;
    return {
      start(): void {
        access.set('speculatorUsd', of('capitalUsd'));
      },
      step(): void {
        // What yesterday's batch did to their purse.
        const { bids, offers } = access.fills();
        let purse = access.get('speculatorUsd');
        for (const { usd } of bids) purse -= usd;
        for (const { usd } of offers) purse += usd;
        access.set('speculatorUsd', purse);
        const price = access.get('price');
        if (of('enabled') <= 0 || price <= 0) return;
        const memory = 1 / Math.max(1, of('memoryDays'));
        const now = log(price);
        const profit = logs.length > 0 ? now - logs[logs.length - 1]! : 0;
        chartistProfit += (chartistSide * profit - chartistProfit) * memory;
        fundamentalistProfit += (fundamentalistSide * profit - fundamentalistProfit) * memory;
        logs.push(now);
        if (logs.length > TREND_DAYS + 1) logs.shift();
        const trend = now - logs[0]!;
        sales += (access.today('revenueUsd') - sales) * memory;
        const circulating =
          (access.supply - access.balance('vault') - access.balance('blackhole')) / 1e6;
        const value =
          of('priceToSales') * sales * DAYS_PER_YEAR +
          of('airdropExpectationUsd') * access.get('active') * access.scale;
        const fundamental = value / Math.max(1, circulating);
        const gap = fundamental > 0 ? Math.max(-3, Math.min(3, log(fundamental) - now)) : 0;
        const odds =
          of('switchingIntensity') === 0
            ? 1
            : exp(
                Math.max(
                  -20,
                  Math.min(20, of('switchingIntensity') * (chartistProfit - fundamentalistProfit)),
                ),
              );
        const both = of('chartistShare') + of('fundamentalistShare');
        const tilted = of('chartistShare') * odds + of('fundamentalistShare');
        const chartists = tilted > 0 ? (both * of('chartistShare') * odds) / tilted : 0;
        chartistSide = Math.sign(trend);
        fundamentalistSide = Math.sign(gap);
        const usd =
          of('capitalUsd') *
            ((both - chartists) * of('fundamentalistStrength') * gap +
              chartists * of('chartistStrength') * trend) +
          of('noiseShare') * of('noiseUsdPerDay') * access.stream(purposes.noise).normal();
        if (usd > 0) access.bid('speculators', Math.min(usd, Math.max(0, purse)));
        else
          access.offer(
            'speculators',
            Math.min(access.balance('speculators'), access.microOfUsd(-usd)),
          );
      },
    };
  },
});
