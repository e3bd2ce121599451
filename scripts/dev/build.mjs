#!/usr/bin/env node
// Compiles the sources to dist/, which the installed `masa` runs. Skips the compiler when nothing has changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleEmbedded } from './bundle-embedded.mjs';
import { compileDefaultGenesis } from './compile-default-genesis.mjs';
import { sourceFiles } from './source-files.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'dist', '.sources');
const hash = createHash('sha256');
const files = [
  ...sourceFiles(root),
  ...['build', 'bundle-embedded', 'compile-default-genesis'].map(
    (name) => `scripts/dev/${name}.mjs`,
  ),
  'genesis/plans/masa.yaml',
];
for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
const digest = hash.digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
  // A file that was renamed or deleted must not live on in dist/.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      join(root, 'scripts/dev/tsconfig.build.json'),
    ],
    { stdio: 'inherit', cwd: root },
  );
  chmodSync(join(root, 'dist/scripts/cli.js'), 0o755);
  await bundleEmbedded(root);
  await compileDefaultGenesis(root);
  writeFileSync(stamp, digest);
}
