import { ACTIVE } from '../model/columns.js';
import type { State } from '../model/state.js';

const COHORT_DAYS = 365;
const SAMPLE_DAYS = 30;

/** Active wallets of those who joined in the same year. */
export interface Retention {
  /** First day on which the cohort joined; 0 for the wallets of the launch. */
  readonly joinedFrom: number;
  readonly day: number;
  /** Wallets of the cohort, and those of them that are active, in wallets of the run. */
  readonly wallets: number;
  readonly active: number;
}

/**
 * Follows cohorts of years through a run. Wallets are numbered in the order in which they join, so a cohort is a
 * range of numbers.
 */
export function createRetention(state: State): {
  observe(): void;
  readonly points: readonly Retention[];
} {
  const points: Retention[] = [];
  const starts: { day: number; from: number }[] = [{ day: 0, from: 0 }];
  let launch = true;
  return {
    observe(): void {
      const { day, signals, columns, kernel } = state;
      if (launch || day % COHORT_DAYS === 0) {
        starts.push({ day, from: signals.count });
        launch = false;
      }
      if (day % SAMPLE_DAYS !== 0) return;
      starts.forEach(({ day: joinedFrom, from }, at) => {
        const next = starts[at + 1];
        // A cohort is followed once it is complete.
        if (next === undefined || next.from === from) return;
        const active = kernel.countEqual(from, next.from, columns.status, ACTIVE);
        points.push({ joinedFrom, day, wallets: next.from - from, active });
      });
    },
    points,
  };
}
