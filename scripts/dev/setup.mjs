#!/usr/bin/env node
// All set-up of a checkout: packages, then the compiled command line. Runs before `npm start` and `npm test`; does nothing when all is there.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node.js ${process.versions.node} is too old.\n  allowed: 20.19 or newer\n  next: install a newer Node.js and run the command again`,
  );
  process.exit(2);
}

const digest = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const stamp = join(root, 'node_modules', '.masa-lock');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
  console.error('Installing packages (about half a minute) …');
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  execFileSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
    cwd: root,
  });
  writeFileSync(stamp, digest);
}
await import('./build.mjs');
