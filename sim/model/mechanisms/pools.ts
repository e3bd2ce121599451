import { exp, pow } from '../../kernel/real-functions.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';
import type { Fill } from '../state.js';
import { chargeAccount, gasFee } from './charge-gas.js';

const DAYS_PER_MONTH = 365 / 12;
const FULL = 10;
/** Room for the numbers of one day's newcomers. */
const ARRIVALS_PER_DAY = 100_000;

interface Pool {
  readonly serial: number;
  readonly budgetUsd: number;
  readonly closes: number;
  readonly stable: boolean;
  /** Tokens bought for it, micro. */
  budget: number;
  left: number;
  leftUsd: number;
}

/**
 * M3, M4: who opens pools and what they pay. A programme seeds common pools, which pay evenly; others are
 * opened one by one with log-normal budgets, bought on the market or paid in stablecoins, and pay a price per data point.
 */
export const pools = defineMechanism({
  id: 'pools',
  about: 'M3, M4: data pools, their budgets and payouts',
  phase: 'demand',
  reads: [],
  writes: [],
  sets: ['dataAccumulator', 'transactions', 'gasUsed'],
  accounts: ['dataPool', 'poolFunds', 'dataAccrued', 'others', 'gasFees'],
  create(access) {
    const of = (name: string) => access.of(`dataStaking.${name}`);
    let open: Pool[] = [];
    let settled: readonly Fill[] = [];
    /** Gas of opening or topping up, out of what was bought for it; returns what was paid. */
    const payGas = (tokens: number): number => {
      const before = access.balance('poolFunds');
      if (tokens >= gasFee(access, access.of('gas.poolGas')))
        chargeAccount(access, 'poolFunds', 1, 'gas.poolGas');
      return before - access.balance('poolFunds');
    };
    const start = (pool: Pool): void => {
      if (pool.stable) {
        chargeAccount(access, 'others', 1, 'gas.poolGas');
        pool.leftUsd += pool.budgetUsd;
      } else access.bid('poolFunds', pool.budgetUsd, pool.serial);
      open.push(pool);
    };
    return {
      step(): void {
        // What was bought on the last batch.
        settled = access.fills().bids;
        for (const { tokens, tag } of settled) {
          const pool = open.find((one) => one.serial === tag);
          if (pool === undefined) {
            access.move('poolFunds', 'others', tokens);
            continue;
          }
          pool.left += tokens - payGas(tokens);
          pool.budget += tokens;
        }
        const shares = access.get('dataShares');
        const cap = of('walletCapShare') * access.scale;
        const days = of('poolDays');
        if (shares > 0) {
          const seeds = access.balance('dataPool');
          const each = Math.min(
            Math.floor(seeds / days / shares),
            Math.floor((seeds * cap) / days / FULL),
          );
          pay('dataPool', each, shares);
        }
        const usdPerShare = (of('pricePerPointUsd') * of('pointsPerDay') * access.scale) / FULL;
        const staying: Pool[] = [];
        for (const pool of open) {
          if (shares > 0 && pool.left > 0) {
            const each = Math.min(
              access.microOfUsd(usdPerShare),
              Math.floor(pool.left / shares),
              Math.floor((pool.budget * cap) / days / FULL),
            );
            pool.left -= each * shares;
            pay('poolFunds', each, shares);
          }
          if (shares > 0 && pool.leftUsd > 0) {
            const usd = Math.min(
              pool.leftUsd,
              shares * Math.min(usdPerShare, (pool.budgetUsd * cap) / days / FULL),
            );
            pool.leftUsd -= usd;
            access.add('dataPayoutsUsd', usd);
          }
          const worth = pool.stable ? pool.leftUsd : (pool.left / 1e6) * access.get('price');
          const dry = worth < usdPerShare * shares;
          if (access.day >= pool.closes) close(pool);
          else if (dry && (pool.budget > 0 || pool.stable)) {
            const luck = access.stream(purposes.pools, pool.serial).uniform();
            if (shares > 0 && luck < of('topUpShare')) {
              if (pool.stable) pool.leftUsd += pool.budgetUsd / 2;
              else access.bid('poolFunds', pool.budgetUsd / 2, pool.serial);
              staying.push(pool);
            } else close(pool);
          } else staying.push(pool);
        }
        open = staying;
        const quality = pow(access.get('quality'), access.of('buyers.qualityElasticity'));
        const opened =
          access
            .stream(purposes.poolArrivals)
            .poisson((of('poolsPerMonth') / DAYS_PER_MONTH) * quality) +
          (access.day === 1 ? of('poolsAtLaunch') : 0);
        for (let place = 0; place < opened; place += 1) {
          const serial = access.day * ARRIVALS_PER_DAY + place + 1;
          const own = access.stream(purposes.poolBudget, serial);
          start({
            serial,
            budgetUsd: of('poolBudgetMedianUsd') * exp(of('poolBudgetSigma') * own.normal()),
            closes: access.day + days,
            stable: own.uniform() < of('stablecoinShare'),
            budget: 0,
            left: 0,
            leftUsd: 0,
          });
        }
      },
      holdings: () => ({
        poolFunds:
          open.reduce((sum, { left }) => sum + BigInt(left), 0n) +
          // Bought today, handed out tomorrow.
          (access.fills().bids === settled ? [] : access.fills().bids).reduce(
            (sum, { tokens }) => sum + BigInt(tokens),
            0n,
          ),
      }),
    };

    function pay(from: string, each: number, shares: number): void {
      access.set('dataAccumulator', access.get('dataAccumulator') + each);
      access.move(from, 'dataAccrued', each * shares);
      access.add('dataPayouts', each * shares);
    }

    /** The creator takes back what nobody earned, or leaves it to the seeded pools. */
    function close(pool: Pool): void {
      access.move('poolFunds', of('refundUnearned') > 0 ? 'others' : 'dataPool', pool.left);
      pool.left = 0;
    }
  },
});
