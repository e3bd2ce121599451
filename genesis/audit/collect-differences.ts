import type { Difference } from './finding.js';

/** Collects what differs. @example const { compare, differences } = collectDifferences(); compare('nonce', '1', '2'); */
export function collectDifferences(): {
  compare(where: string, expected: string, actual: string): void;
  readonly differences: Difference[];
} {
  const differences: Difference[] = [];
  return {
    differences,
    compare(where, expected, actual) {
      if (expected !== actual) differences.push({ where, expected, actual });
    },
  };
}
