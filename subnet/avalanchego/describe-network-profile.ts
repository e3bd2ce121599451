import { describe } from 'vitest';

/**
 * Tests with several nodes, or many starts: only with `MASA_TEST_PROFILE=network` or `deep`. Says what is left out, and
 * how to run it; such tests are not "skipped", which means that something is missing. For tests only.
 */
export function describeNetworkProfile(name: string, tests: () => void): void {
  const profile = process.env.MASA_TEST_PROFILE ?? 'quick';
  if (profile === 'network' || profile === 'deep') describe(name, tests);
  else
    process.stderr.write(
      `Left out of profile ${profile}: ${name} (MASA_TEST_PROFILE=network runs it).\n`,
    );
}
