import type { ResolvedPlan } from './resolved-plan.js';

/** One value that differs; undefined where a plan lacks it. */
export interface PlanDifference {
  /** Dotted path in the resolved plan; list members are named by id where they have one. */
  readonly path: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

/**
 * The values in which two resolved plans differ, in path order. Sources are not compared.
 *
 * @example comparePlans(calibrated, lowFloat)[0] // { path: 'allocation.growth.grants.…', a: '…', b: '…' }
 */
export function comparePlans(a: ResolvedPlan, b: ResolvedPlan): PlanDifference[] {
  const left = flatten(a);
  const right = flatten(b);
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => left.get(path) !== right.get(path))
    .sort((x, y) => (x < y ? -1 : 1))
    .map((path) => ({ path, a: left.get(path), b: right.get(path) }));
}

function flatten({ provenance: _, ...plan }: ResolvedPlan): Map<string, string> {
  const leaves = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) {
      leaves.set(path, String(value));
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      const id = Array.isArray(value) ? (idOf(child) ?? key) : key;
      visit(child, path === '' ? id : `${path}.${id}`);
    }
  };
  visit(plan, '');
  return leaves;
}

function idOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, account, bucket, address } = value as Record<string, unknown>;
  if (typeof id === 'string') return id;
  if (typeof account !== 'string' || address === undefined) return undefined;
  return typeof bucket === 'string' ? `${account}@${bucket}` : account;
}
