#!/usr/bin/env node
// Line coverage as a gate: genesis/ by its tests, own contracts by forge. Prints a table; exits with 1 below the threshold.
// `coverage.mjs --judge FILE` judges a coverage-summary.json that is there already.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgeCoverage } from './judge-coverage.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [flag, file, ...rest] = process.argv.slice(2);
if (flag !== undefined && (flag !== '--judge' || file === undefined || rest.length > 0)) {
  console.error('Unknown arguments.\n  allowed: nothing, or --judge coverage-summary.json');
  process.exit(2);
}
const run = (argv) =>
  spawnSync(process.execPath, argv, { cwd: root, stdio: 'inherit' }).status ?? 1;

function judge(summary) {
  const { rows, failures } = judgeCoverage(JSON.parse(readFileSync(summary, 'utf8')), 'genesis');
  console.log('lines covered by tests');
  for (const { room, covered, total, percent } of rows) {
    console.log(
      `${room.padEnd(22)} ${`${covered}/${total}`.padStart(11)} ${percent.toFixed(2).padStart(7)} %`,
    );
  }
  for (const failure of failures) console.error(failure);
  return failures.length === 0 ? 0 : 1;
}

if (flag === '--judge') process.exit(judge(file));
const folder = mkdtempSync(join(tmpdir(), 'masa-coverage-'));
try {
  const tests = run([
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'scripts/dev/vitest.config.ts',
    '--coverage',
    '--coverage.reporter=json-summary',
    '--coverage.reportOnFailure',
    `--coverage.reportsDirectory=${folder}`,
    'genesis/',
  ]);
  const typescript = judge(join(folder, 'coverage-summary.json'));
  const solidity = run(['scripts/dev/coverage-contracts.mjs']);
  process.exitCode = tests || typescript || solidity;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
