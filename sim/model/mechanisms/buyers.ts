import { exp, pow } from '../../kernel/real-functions.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';

const DAYS_PER_MONTH = 365 / 12;
/** Room for the numbers of one day's newcomers. */
const ARRIVALS_PER_DAY = 100_000;

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
    /** Each buyer: its own number, its size against the mean, the end of its contract. */
    let open: { readonly entity: number; readonly size: number; ends: number }[] = [];
    let launchShare = 0;
    const arrive = (entity: number, ends: number): void => {
      const sigma = of('budgetSigma');
      const own = access.stream(purposes.buyerBudget, entity);
      // The mean of the log-normal law is 1, whatever its spread.
      open.push({ entity, ends, size: exp(sigma * own.normal() - (sigma * sigma) / 2) });
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
          arrive(buyer + 1, 1 + ((buyer * 7) % length));
        launchShare = share(1);
        access.set('buyers', open.length);
      },
      step(): void {
        const { day } = access;
        const quality = pow(access.get('quality'), of('qualityElasticity'));
        const arrivals = access
          .stream(purposes.buyerArrivals)
          .poisson((of('arrivalsPerMonth') / DAYS_PER_MONTH) * quality);
        const first = of('initialBuyers');
        const mean = first > 0 ? of('launchDemandUsdPerMonth') / first : 0;
        const demand =
          pow(1 + of('demandGrowthPerMonth'), day / DAYS_PER_MONTH) *
          (launchShare > 0 ? share(quality) / launchShare : 0) *
          access.shock('demand');
        const free = of('freeFromMonth') > 0 && day > of('freeFromMonth') * DAYS_PER_MONTH;
        const purchases = of('purchasesPerMonth');
        let spent = 0;
        let payments = 0;
        open = open.filter((buyer) => {
          // Every buyer draws for itself, so that one more of them moves no other.
          const own = access.stream(purposes.buyers, buyer.entity);
          const renewal = own.uniform();
          if (buyer.ends <= day) {
            if (renewal >= Math.min(1, of('renewalShare') * quality)) return false;
            buyer.ends = day + term();
          }
          if (free || purchases <= 0) return true;
          const count = own.poisson(purchases / DAYS_PER_MONTH);
          payments += count;
          spent += (count * mean * buyer.size * demand) / purchases;
          return true;
        });
        for (let place = 0; place < arrivals; place += 1)
          arrive(day * ARRIVALS_PER_DAY + place + 1, day + term());
        access.set('buyers', open.length);
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
