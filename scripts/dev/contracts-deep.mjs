#!/usr/bin/env node
// Long runs of the contract tests, apart from npm test:
//   node scripts/dev/contracts-deep.mjs        10,000 fuzz runs for each test, 256 x 500 calls for each invariant, two seeds
//   node scripts/dev/contracts-deep.mjs deep   100,000 fuzz runs and 10 million calls, one random seed
// Prints the seeds, the sums, and how often each action of a handler was called, so that one that never acts is seen.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const profile = process.argv[2] ?? 'ci';
if (profile !== 'ci' && profile !== 'deep') {
  console.error(`There is no profile ${profile}.\n  allowed: ci, deep`);
  process.exit(2);
}
const random = `0x${randomBytes(8).toString('hex')}`;
const seeds = profile === 'ci' ? ['0x4d415341', random] : [random];

function runOnce(seed) {
  return new Promise((resolve) => {
    const argv = ['scripts/dev/forge.mjs', 'test', '--fuzz-seed', seed, '--color', 'never'];
    const child = spawn(process.execPath, argv, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, FOUNDRY_PROFILE: profile },
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.on('close', (status) => resolve({ status, output }));
  });
}

for (const seed of seeds) {
  console.log(`profile ${profile}, seed ${seed}`);
  const started = Date.now();
  const { status, output } = await runOnce(seed);
  const invariants = [
    ...output.matchAll(/^\[PASS\] (invariant_\w+)\(\) .*calls: (\d+), reverts: (\d+)/gm),
  ];
  const fuzz = [...output.matchAll(/^\[PASS\] testFuzz_\w+\(.*\(runs: (\d+)/gm)];
  const sum = (rows, column) => rows.reduce((total, row) => total + Number(row[column]), 0);
  const actions = new Map();
  for (const [, contract, selector, calls] of output.matchAll(
    /^\| (\w+Handler) +\| (\w+) +\| (\d+) +\| 0 +\|/gm,
  )) {
    const name = `${contract}.${selector}`;
    actions.set(name, (actions.get(name) ?? 0) + Number(calls));
  }
  for (const [name, calls] of [...actions].sort()) {
    console.log(`  ${name.padEnd(40)} ${calls.toLocaleString('en').padStart(12)} calls`);
  }
  console.log(
    `${invariants.length} invariants, ${sum(invariants, 2).toLocaleString('en')} calls, ${sum(invariants, 3)} reverts; ` +
      `${fuzz.length} fuzz tests, ${sum(fuzz, 1).toLocaleString('en')} runs; ${((Date.now() - started) / 1000).toFixed(0)} s`,
  );
  const last = /^Ran \d+ test suites? .*$/m.exec(output)?.[0];
  console.log(last ?? 'no test ran');
  if (status !== 0 || last === undefined || invariants.length === 0) {
    process.stderr.write(output.slice(output.indexOf('Failing tests:')));
    process.exitCode = 1;
  }
}
