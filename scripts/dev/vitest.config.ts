import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['{genesis,sim,subnet,reports,scripts}/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    retry: 0,
    passWithNoTests: false,
    coverage: {
      provider: 'v8',
      include: ['genesis/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.fuzz.ts', '**/fixtures/**'],
    },
  },
});
