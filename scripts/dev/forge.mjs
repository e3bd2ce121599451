#!/usr/bin/env node
// Runs the npm forge with the npm compiler: node scripts/dev/forge.mjs test …
// The binary is started directly: the package's own launcher (node_modules/.bin/forge) exits with 0 even when forge fails.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
const suffix = process.platform === 'win32' ? '.exe' : '';
const binary = createRequire(import.meta.url).resolve(
  `@foundry-rs/forge-${process.platform}-${architecture}/bin/forge${suffix}`,
);
const { status, error } = spawnSync(binary, process.argv.slice(2), {
  stdio: 'inherit',
  cwd: root,
  // The compiler path must be absolute: forge resolves a relative one against the current folder.
  env: { ...process.env, FOUNDRY_SOLC: join(root, 'scripts/dev/solc.mjs') },
});
if (error) console.error(`forge did not start: ${error.message}`);
process.exitCode = status ?? 1;
