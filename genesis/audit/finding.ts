/** Outcome of one check over the evidence. */
export interface Finding {
  /** Number of the check, e.g. `R-8`; the list stands in the room's README. */
  readonly check: string;
  readonly title: string;
  readonly status: 'pass' | 'fail';
  /** What was looked at, in one sentence with figures. */
  readonly detail: string;
  /** Where the two sides differ; at most the first few. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
}

/** A finding from its differences: it passes when there are none. At most ten are kept. */
export function defineFinding(
  check: string,
  title: string,
  detail: string,
  differences: readonly Difference[],
): Finding {
  return {
    check,
    title,
    status: differences.length === 0 ? 'pass' : 'fail',
    detail:
      differences.length > 10
        ? `${detail} ${differences.length} differences, the first ten shown.`
        : detail,
    differences: differences.slice(0, 10),
  };
}
