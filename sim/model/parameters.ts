import { ToolkitError } from '../../genesis/base/errors.js';
import type { Intervention } from '../engine/intervention.js';

/** Factors that a scenario may put in: on the price and on the depth of one day, on demand from then on. */
const shocks: ReadonlySet<string> = new Set(['shock.price', 'shock.depth', 'shock.demand']);

/** Numbers that are read when a run begins and never again: they make the population, the venue and who is there first. */
const fixed =
  /^(population\.|adoption\.potentialWallets$|contribution\.(quest|surf)Share$|contribution\.(questPoints|pageViewPoints|dailyLoginPoints|walletEventPoints|pageViewDailyCap|loginStreakDays|loginStreakMultiplier|questsPerActiveDay|pageViewsPerActiveDay|walletEventsPerActiveDay|loginsPerActiveDay|farmerEffort|casualEffort|loyalEffort)$|zksbt\.initialShare$|dataStaking\.poolsAtLaunch$|buyers\.(initialBuyers|freshnessHalfLifeDays)$|nodes\.(initialOperators|maximumOperators)$|market\.(launchPriceUsd|depthUsd|depthMultiple)$|speculators\.capitalUsd$)/;

/** Numbers of the economy by dotted path; token strings are whole tokens. Missing sections read as the fallback. */
export class Parameters {
  readonly #values = new Map<string, number>();
  readonly #words = new Map<string, string>();
  readonly #read = new Set<string>();

  constructor(economy: unknown) {
    this.#collect('', economy);
  }

  /** @param fallback Value of a plan without this mechanism. */
  of(path: string, fallback = 0): number {
    this.#read.add(path);
    return this.#values.get(path) ?? fallback;
  }

  /** A word of the economy: a name or a choice; empty when the plan has no such section. */
  word(path: string): string {
    this.#read.add(path);
    return this.#words.get(path) ?? '';
  }

  /** Paths of the plan's economy that nothing has asked for so far. */
  unread(): readonly string[] {
    return [...this.#values.keys(), ...this.#words.keys()].filter((path) => !this.#read.has(path));
  }

  /** The factor of a shock that is due today, 1 otherwise; asking makes it past. */
  takeShock(name: string): number {
    const factor = this.#values.get(`shock.${name}`) ?? 1;
    this.#values.delete(`shock.${name}`);
    return factor;
  }

  /**
   * @throws ToolkitError (exit 2) `INTERVENTION_UNKNOWN` for a path that the plan does not have, `INTERVENTION_FIXED` for
   * one that is read only when a run begins.
   */
  apply(intervention: Intervention): void {
    const { path, value, factor } = intervention;
    const before = this.#values.get(path) ?? (shocks.has(path) ? 1 : undefined);
    if (before !== undefined && fixed.test(path)) {
      throw new ToolkitError({
        code: 'INTERVENTION_FIXED',
        message: `"${path}" acts only at the start of a run; a later change would do nothing.`,
        where: `intervention on day ${intervention.day}`,
        allowed: 'a number that acts day by day, or shock.price, shock.depth, shock.demand',
        next: 'Change the plan instead, with --set or a profile, and compare two studies.',
        exitCode: 2,
      });
    }
    if (before === undefined) {
      throw new ToolkitError({
        code: 'INTERVENTION_UNKNOWN',
        message: `The plan's economy has no number "${path}".`,
        where: `intervention on day ${intervention.day}`,
        allowed:
          [...this.#values.keys()]
            .filter((key) => key.split('.')[0] === path.split('.')[0])
            .join(', ') || 'a dotted path below economy',
        exitCode: 2,
      });
    }
    this.#values.set(path, value ?? before * (factor ?? 1));
  }

  #collect(prefix: string, node: unknown): void {
    if (typeof node === 'number') this.#values.set(prefix, node);
    else if (typeof node === 'boolean') this.#values.set(prefix, node ? 1 : 0);
    else if (typeof node === 'string' && /^\d[\d_]*(\.[\d_]+)?$/.test(node))
      this.#values.set(prefix, Number(node.replaceAll('_', '')));
    else if (typeof node === 'string') this.#words.set(prefix, node);
    else if (typeof node === 'object' && node !== null) {
      for (const [key, child] of Object.entries(node)) {
        this.#collect(prefix === '' ? key : `${prefix}.${key}`, child);
      }
    }
  }
}
