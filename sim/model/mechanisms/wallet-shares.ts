import type { Access } from '../access.js';

/** Wallets repeat in periods of this length: 20 places for effort, times 20 for channels. */
export const PERIOD = 400;

/** A class of effort: an interval of places in each 20. */
export interface EffortClass {
  readonly id: 'farmer' | 'casual' | 'loyal';
  readonly offset: number;
  readonly width: number;
  readonly effort: number;
}

/** The three classes of effort, interleaved so that each is an arithmetic set of wallets. */
export function effortClasses(access: Pick<Access, 'of'>): readonly EffortClass[] {
  const farmers = Math.round(access.of('population.farmerShare') * 20);
  const casual = Math.round(access.of('population.casualShare') * 20);
  const loyal = Math.round(access.of('population.loyalShare') * 20);
  const effort = (id: string) => access.of(`contribution.${id}Effort`);
  return [
    { id: 'farmer', offset: 0, width: farmers, effort: effort('farmer') },
    {
      id: 'casual',
      offset: farmers,
      width: Math.min(casual, 20 - farmers),
      effort: effort('casual'),
    },
    {
      id: 'loyal',
      offset: Math.min(20, farmers + casual),
      width: Math.max(0, Math.min(loyal, 20 - farmers - casual)),
      effort: effort('loyal'),
    },
  ];
}

/**
 * Points per active day of a wallet, as tenths, by its place in the period: quests, and surfing with the extension
 * (page views up to their cap, logins, wallet events). Seven logins in a row multiply their points; the mean factor is
 * 1 + (multiplier - 1) × p^(days - 1), given the login of the day.
 */
export function sharePatterns(access: Pick<Access, 'of'>): {
  readonly quest: Uint16Array;
  readonly surf: Uint16Array;
} {
  const of = (name: string) => access.of(`contribution.${name}`);
  const classes = effortClasses(access);
  const login = of('loginsPerActiveDay');
  let streak = 1;
  for (let day = 1; day < of('loginStreakDays'); day += 1) streak *= login;
  const logins = login * of('dailyLoginPoints') * (1 + (of('loginStreakMultiplier') - 1) * streak);
  const events = of('walletEventsPerActiveDay') * of('walletEventPoints');
  const questers = Math.round(of('questShare') * 20);
  const surfers = Math.round(of('surfShare') * 20);
  const quest = new Uint16Array(PERIOD);
  const surf = new Uint16Array(PERIOD);
  const tenths = (points: number) => Math.min(65_535, Math.round(points * 10));
  for (let place = 0; place < PERIOD; place += 1) {
    const kind = classes.find(
      ({ offset, width }) => place % 20 >= offset && place % 20 < offset + width,
    );
    const effort = kind?.effort ?? 0;
    // Every run of 20 wallets has each place of effort and each channel once.
    const channel = (Math.floor(place / 20) + (place % 20)) % 20;
    if (channel < questers)
      quest[place] = tenths(of('questsPerActiveDay') * of('questPoints') * effort);
    if (channel >= 20 - surfers) {
      const views = of('pageViewsPerActiveDay') * of('pageViewPoints') * effort;
      surf[place] = tenths(Math.min(of('pageViewDailyCap'), views) + logins + events);
    }
  }
  return { quest, surf };
}
