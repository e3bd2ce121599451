#!/usr/bin/env node
// The quick profile: static checks, TypeScript tests, Solidity tests; ends with the sum over all runners.
// With CI=true a skipped test is a failure, because everything a test needs is installed there, and coverage is measured.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checks } from './checks.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'masa-test-'));
const only = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
const ci = process.env.CI === 'true';

function run(command, argv, { capture = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, argv, {
      cwd: root,
      stdio: ['ignore', capture ? 'pipe' : 'inherit', 'inherit'],
      env: { ...process.env, FOUNDRY_SOLC: join(root, 'scripts/dev/solc.mjs') },
    });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }),
    );
  });
}

function add(name, counts, started) {
  for (const key of Object.keys(total)) total[key] += counts[key];
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(
    `--- ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${seconds} s)`,
  );
}

async function staticChecks() {
  for (const { name, argv } of checks) await gate(name, argv);
}

async function typescriptTests() {
  const started = Date.now();
  const report = join(folder, 'vitest.json');
  const argv = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'scripts/dev/vitest.config.ts',
  ];
  argv.push('--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
  if (ci) {
    argv.push('--coverage', '--coverage.reporter=json-summary', '--coverage.reportOnFailure');
    argv.push(`--coverage.reportsDirectory=${folder}`);
  }
  const { code } = await run(process.execPath, argv);
  let counts = { passed: 0, failed: 1, skipped: 0 };
  try {
    const json = JSON.parse(readFileSync(report, 'utf8'));
    const broken = json.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    counts = {
      passed: json.numPassedTests,
      failed: json.numFailedTests + broken.length,
      skipped: json.numPendingTests + json.numTodoTests,
    };
    if (code !== 0 && counts.failed === 0) counts.failed = 1;
  } catch (error) {
    console.error(`vitest left no report: ${error.message}`);
  }
  add('TypeScript tests', counts, started);
  if (ci)
    await gate('coverage of genesis/', [
      'scripts/dev/coverage.mjs',
      '--judge',
      join(folder, 'coverage-summary.json'),
    ]);
}

async function gate(name, argv) {
  const started = Date.now();
  const { code } = await run(process.execPath, argv);
  add(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, started);
}

async function solidityTests() {
  const started = Date.now();
  const { code, output } = await run(
    process.execPath,
    ['scripts/dev/forge.mjs', 'test', '--json', '--allow-failure'],
    { capture: true },
  );
  const counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    const suites = JSON.parse(output.slice(output.indexOf('{')));
    for (const [suite, { test_results }] of Object.entries(suites)) {
      for (const [test, { status, reason }] of Object.entries(test_results)) {
        if (status === 'Success') counts.passed += 1;
        else if (status === 'Skipped') counts.skipped += 1;
        else {
          counts.failed += 1;
          console.error(`failed: ${suite} ${test}: ${reason ?? 'no reason given'}`);
        }
      }
    }
    if (counts.passed + counts.failed === 0) counts.failed = 1;
  } catch {
    counts.failed += 1;
    console.error(output.slice(0, 4000));
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  add('Solidity tests', counts, started);
  if (ci) await gate('coverage of contracts', ['scripts/dev/coverage-contracts.mjs']);
}

const parts = { static: staticChecks, solidity: solidityTests, typescript: typescriptTests };
const unknown = only.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`Unknown part ${unknown.join(', ')}.\n  allowed: ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
for (const [name, part] of Object.entries(parts)) {
  if (only.length === 0 || only.includes(name)) await part();
}
rmSync(folder, { recursive: true, force: true });
if (ci && total.skipped > 0) {
  console.error(`${total.skipped} tests were skipped; with CI=true nothing may be.`);
  process.exitCode = 1;
}
if (total.failed > 0) process.exitCode = 1;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
