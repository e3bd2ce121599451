#!/usr/bin/env node
// Compiles the sources to dist/, which the installed `masa` runs. Skips the compiler when nothing has changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceFiles } from './source-files.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'dist', '.sources');
const hash = createHash('sha256');
for (const file of sourceFiles(root)) hash.update(file).update(readFileSync(join(root, file)));
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
  writeFileSync(stamp, digest);
}
