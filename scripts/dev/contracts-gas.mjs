#!/usr/bin/env node
// Gas of the main calls, each as a transaction of its own: writes contracts/snapshots/gas, or with --check compares.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const check = process.argv.includes('--check');
const argv = ['scripts/dev/forge.mjs', 'test', '--match-contract', '^GasTest$', '--isolate'];
argv.push(`--gas-snapshot-check=${check}`, `--gas-snapshot-emit=${!check}`, '--color', 'never');
const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
  cwd: root,
  encoding: 'utf8',
});
if (status !== 0) {
  process.stderr.write(`${stdout.slice(-3000)}${stderr.slice(-3000)}`);
  console.error('\nIf the difference is intended: node scripts/dev/contracts-gas.mjs');
  process.exit(1);
}
const folder = join(root, 'contracts/snapshots/gas');
for (const file of readdirSync(folder).sort()) {
  const text = readFileSync(join(folder, file), 'utf8');
  // Forge ends its files without a line end.
  if (!check) writeFileSync(join(folder, file), `${text.trimEnd()}\n`);
  for (const [name, gas] of Object.entries(JSON.parse(text))) {
    const call = `${file.replace('.json', '')}: ${name}`;
    console.log(`${call.padEnd(60)} ${Number(gas).toLocaleString('en').padStart(10)}`);
  }
}
