#!/usr/bin/env node
// Runs the npm forge with the npm compiler: node scripts/dev/forge.mjs test …
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { status, error } = spawnSync(
  join(root, 'node_modules/.bin/forge'),
  process.argv.slice(2),
  // The compiler path must be absolute: forge resolves a relative one against the current folder.
  {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, FOUNDRY_SOLC: join(root, 'scripts/dev/solc.mjs') },
  },
);
if (error) console.error(`forge did not start: ${error.message}`);
process.exitCode = status ?? 1;
