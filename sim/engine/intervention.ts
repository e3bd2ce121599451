/** A dated change of one number of the economy. */
export interface Intervention {
  /** Day on which it starts to hold, 1 or later. */
  readonly day: number;
  /** Dotted path below `economy`, e.g. `buyers.launchDemandUsdPerMonth`; `shock.price` and `shock.depth` multiply price and depth once, `shock.demand` demand from then on. */
  readonly path: string;
  /** Replaces the number. */
  readonly value?: number | undefined;
  /** Multiplies the number. */
  readonly factor?: number | undefined;
}
