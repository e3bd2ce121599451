#!/usr/bin/env node
// Line and branch coverage of the contracts by unit and fuzz tests: prints forge's table and gates it.
// Lines and functions of own sources must be at 100 %; each branch that is missed must be in contracts/test/missed-branches.json
// with its reason, and nothing else may be in there.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'masa-coverage-'));
const report = join(folder, 'lcov.info');
const argv = ['scripts/dev/forge.mjs', 'coverage', '--report', 'summary', '--report', 'lcov'];
argv.push('--report-file', report, '--no-match-path', 'contracts/test/invariant/*');
argv.push('--no-match-coverage', 'contracts/(test|script)|node_modules', '--color', 'never');
const { status, stdout } = spawnSync(process.execPath, argv, {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
  // Its artifacts are not optimized; the ones for use stay untouched.
  env: {
    ...process.env,
    FOUNDRY_OUT: join(folder, 'out'),
    FOUNDRY_CACHE_PATH: join(folder, 'cache'),
  },
});
const problems = [];
if (status !== 0) {
  process.stderr.write(stdout.slice(-4000));
  problems.push(`forge ended with ${status}`);
} else {
  process.stdout.write(stdout.slice(stdout.indexOf('╭--')));
  const listed = JSON.parse(
    readFileSync(join(root, 'contracts/test/missed-branches.json'), 'utf8'),
  );
  const found = new Set();
  let sources = 0;
  for (const record of readFileSync(report, 'utf8').split('end_of_record')) {
    const file = /^SF:(.+)$/m.exec(record)?.[1];
    if (file === undefined) continue;
    sources += 1;
    const number = (key) => Number(new RegExp(`^${key}:(\\d+)$`, 'm').exec(record)?.[1] ?? 0);
    for (const [kind, hit, all] of [
      ['lines', 'LH', 'LF'],
      ['functions', 'FNH', 'FNF'],
    ]) {
      if (number(hit) !== number(all)) {
        problems.push(`${file}: ${number(hit)} of ${number(all)} ${kind}`);
      }
    }
    const lines = readFileSync(join(root, file), 'utf8').split('\n');
    for (const [, line] of record.matchAll(/^BRDA:(\d+),\d+,\d+,(?:0|-)$/gm)) {
      const code = lines[Number(line) - 1].trim();
      const entry = listed.find((one) => one.file === file && one.code === code);
      console.log(
        `missed branch ${file}:${line}: ${code}\n  ${entry?.reason ?? 'no reason given'}`,
      );
      if (entry === undefined) problems.push(`${file}:${line}: a missed branch without a reason`);
      else found.add(entry);
    }
  }
  if (sources === 0) problems.push('nothing was measured');
  for (const entry of listed) {
    if (!found.has(entry)) problems.push(`listed but not missed: ${entry.file}: ${entry.code}`);
  }
}
rmSync(folder, { recursive: true, force: true });
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
