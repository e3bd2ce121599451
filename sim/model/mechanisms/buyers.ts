import { exp, pow } from '../../kernel/real-functions.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';

const DAYS_PER_MONTH = 365 / 12;

/**
 * M5: buyers one by one with log-normal budgets. They spend by CES demand against an outside option, at the data quality
 * of the day; what is not paid in tokens at hand is bought on the market.
 */
export const buyers = defineMechanism({
  id: 'buyers',
  about: 'M5: buyers, their contracts and budgets',
  phase: 'demand',
  reads: [],
  writes: [],
  sets: ['buyers', 'payments'],
  accounts: ['fees', 'others', 'payments'],
  create(access) {
    const of = (name: string) => access.of(`buyers.${name}`);
    let budgets: number[] = [];
    let ends: number[] = [];
    let serial = 0;
    let launchShare = 0;
    const arrive = (end: number): void => {
      const sigma = of('budgetSigma');
      const first = of('initialBuyers');
      const mean = first > 0 ? of('launchDemandUsdPerMonth') / first : 0;
      serial += 1;
      const own = access.stream(purposes.buyerBudget, serial);
      // The mean of the log-normal law is the mean budget, whatever its spread.
      budgets.push(mean * exp(sigma * own.normal() - (sigma * sigma) / 2));
      ends.push(end);
    };
    const term = () => Math.max(1, Math.round(of('contractMonths') * DAYS_PER_MONTH));
    const converted = () => of('stablecoinPaymentShare') + of('otherPaymentShare');
    /** Share of a budget that is spent here: CES against an outside option of price and quality 1. */
    const share = (quality: number): number => {
      const sigma = of('priceElasticity');
      const price = 1 + (converted() * of('conversionFeeBasisPoints')) / 10_000;
      const here =
        pow(1 - of('outsideShare'), sigma) * pow(price / Math.max(1e-9, quality), 1 - sigma);
      const outside = pow(of('outsideShare'), sigma);
      return here + outside > 0 ? here / (here + outside) : 0;
    };
    return {
      start(): void {
        const length = term();
        for (let buyer = 0; buyer < of('initialBuyers'); buyer += 1)
          arrive(1 + ((buyer * 7) % length));
        launchShare = share(1);
        access.set('buyers', budgets.length);
      },
      step(): void {
        const stream = access.stream(purposes.buyers);
        const quality = pow(access.get('quality'), of('qualityElasticity'));
        const kept: number[] = [];
        for (let buyer = 0; buyer < budgets.length; buyer += 1) {
          if (ends[buyer]! <= access.day) {
            if (stream.uniform() >= Math.min(1, of('renewalShare') * quality)) continue;
            ends[buyer] = access.day + term();
          }
          kept.push(buyer);
        }
        budgets = kept.map((buyer) => budgets[buyer]!);
        ends = kept.map((buyer) => ends[buyer]!);
        const arrivals = stream.poisson((of('arrivalsPerMonth') / DAYS_PER_MONTH) * quality);
        for (let count = 0; count < arrivals; count += 1) arrive(access.day + term());
        const demand =
          pow(1 + of('demandGrowthPerMonth'), access.day / DAYS_PER_MONTH) *
          (launchShare > 0 ? share(quality) / launchShare : 0);
        let spent = 0;
        let payments = 0;
        const free = of('freeFromMonth') > 0 && access.day > of('freeFromMonth') * DAYS_PER_MONTH;
        const purchases = of('purchasesPerMonth');
        for (const budget of free || purchases <= 0 ? [] : budgets) {
          const count = stream.poisson(purchases / DAYS_PER_MONTH);
          payments += count;
          spent += (count * budget * demand) / purchases;
        }
        access.set('buyers', budgets.length);
        access.set('payments', payments);
        access.add('buyerUsd', spent);
        access.add('revenueUsd', spent);
        // Part of what is paid in tokens comes from tokens at hand.
        const atHand = of('tokenPaymentShare') * (1 - of('boughtForPaymentShare'));
        access.move(
          'others',
          'payments',
          Math.min(access.balance('others'), access.microOfUsd(spent * atHand)),
        );
        const fee = (converted() * of('conversionFeeBasisPoints')) / 10_000;
        access.bid('payments', spent * (1 - atHand - fee));
      },
    };
  },
});
