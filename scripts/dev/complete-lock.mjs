#!/usr/bin/env node
// Adds the entries of other platforms' optional packages to package-lock.json.
//
// A lock file that was made where a registry does not serve a foreign platform's optional package
// lacks its entry, and `npm ci` of npm 11 then refuses on every machine ("Missing: … from lock file").
// Run it after every `npm install`; with --check it only reports.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

const path = new URL('../../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const systems = { android: 'android', darwin: 'darwin', linux: 'linux', win32: 'win32' };
const processors = {
  amd64: 'x64',
  x64: 'x64',
  ia32: 'ia32',
  arm64: 'arm64',
  arm: 'arm',
  ppc64: 'ppc64',
  s390x: 's390x',
};

const added = [];
for (const [parentPath, parent] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const nested = `${parentPath}/node_modules/${name}`;
    const top = `node_modules/${name}`;
    if (lock.packages[top] || lock.packages[nested]) continue;
    const words = name.split('/').at(-1).split('-');
    const os = words.map((word) => systems[word]).find(Boolean);
    const cpu = words.map((word) => processors[word]).find(Boolean);
    lock.packages[top] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(parent.dev && { dev: true }),
      optional: true,
      ...(os && { os: [os] }),
    };
    added.push(`${name}@${version}`);
  }
}

if (process.argv.includes('--check')) {
  if (added.length > 0) {
    console.error(`package-lock.json lacks ${added.length} optional packages: ${added.join(', ')}`);
    console.error('Next: run node scripts/dev/complete-lock.mjs and commit the lock file.');
    process.exit(1);
  }
} else if (added.length > 0) {
  const { '': root, ...rest } = lock.packages;
  lock.packages = {
    '': root,
    ...Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  const temporary = new URL('package-lock.json.tmp', path);
  writeFileSync(temporary, `${JSON.stringify(lock, null, 2)}\n`);
  renameSync(temporary, path);
  console.log(`added ${added.length} optional packages to package-lock.json`);
}
