import { exp } from '../../kernel/real-functions.js';
import { defineMechanism } from '../mechanism.js';
import type { Fill } from '../state.js';

const DAYS_PER_YEAR = 365;

/**
 * The market: one batch a day at the uniform price p = (y + B) / (x + Q) against the effective depth x, y of all venues.
 * The net flow goes through the depth, so that x y is kept, and pays the fee. The account `pool` holds what venues and
 * those who bought there own; the treasury seeds it.
 */
export const market = defineMechanism({
  id: 'market',
  about: 'Batch clearing of all orders',
  phase: 'market',
  reads: [],
  writes: [],
  sets: ['price', 'depthUsd', 'depthTokens'],
  accounts: ['treasury', 'pool', 'orders', 'payments', 'poolFunds', 'speculators', 'nodeBids'],
  create(access) {
    const of = (name: string) => access.of(`market.${name}`);
    return {
      start(): void {
        const price = of('launchPriceUsd');
        access.set('price', price);
        if (price <= 0) return;
        const seeded = Math.min(
          Math.floor((of('depthUsd') / price) * 1e6),
          Math.floor(access.balance('treasury') * 0.8),
        );
        access.move('treasury', 'pool', seeded);
        const usd = Math.max(
          of('minimumDepthUsd'),
          of('depthUsd') * Math.max(1, of('depthMultiple')),
        );
        access.set('depthUsd', usd);
        access.set('depthTokens', (usd / price) * 1e6);
      },
      step(): void {
        const { book } = access;
        book.fills.clear();
        // News moves all quotes; makers then thin out both sides, down to a floor.
        const depth = access.takeShock('depth');
        let usd = access.get('depthUsd') * depth * exp(access.get('news'));
        let tokens = access.get('depthTokens') * depth;
        const floor = of('minimumDepthUsd');
        const kept = Math.max(
          exp(-of('depthDecayPerYear') / DAYS_PER_YEAR),
          usd > 0 ? Math.min(1, floor / usd) : 0,
        );
        const refill = usd > 0 && usd * kept < floor ? Math.min(1.1, floor / (usd * kept)) : 1;
        usd *= kept * refill;
        tokens *= kept * refill;
        const bid = book.bids.reduce((sum, order) => sum + order.usd, 0);
        const offered = book.offers.reduce((sum, order) => sum + order.tokens, 0);
        if (usd + bid > 0 && tokens + offered > 0) {
          const price = ((usd + bid) / (tokens + offered)) * 1e6;
          const net = bid - (offered / 1e6) * price;
          usd += net;
          tokens -= (net / price) * 1e6;
          access.set('price', price);
          // The fee on the net flow lowers what the longer side gets; it stays with the venues.
          const fee = (Math.abs(net) * of('feeBasisPoints')) / 10_000;
          const bidPart = net > 0 ? 1 - fee / bid : 1;
          const offerPart = net < 0 ? 1 - fee / (bid - net) : 1;
          access.move('orders', 'pool', offered);
          access.add('sold', offered);
          const fill = (mechanism: string, side: 'bids' | 'offers', one: Fill) => {
            const all = book.fills.get(mechanism) ?? { bids: [], offers: [] };
            all[side].push(one);
            book.fills.set(mechanism, all);
          };
          for (const order of book.offers) {
            const received = (order.tokens / 1e6) * price * offerPart;
            fill(order.mechanism, 'offers', { ...order, usd: received });
          }
          for (const order of book.bids) {
            // Inventory is finite: what the venues do not have cannot be bought.
            const wanted = Math.floor(((order.usd * bidPart) / price) * 1e6);
            const got = Math.min(wanted, access.balance('pool'));
            access.move('pool', order.account, got);
            access.add('bought', got);
            fill(order.mechanism, 'bids', {
              tag: order.tag,
              tokens: got,
              usd: wanted > 0 ? (order.usd * got) / wanted : 0,
            });
          }
          book.offers = [];
        }
        // A bid holds for its day; tokens on offer wait for a quote.
        book.bids = [];
        access.set('depthUsd', usd);
        access.set('depthTokens', tokens);
      },
    };
  },
});
