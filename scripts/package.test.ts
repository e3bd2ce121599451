import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
let folder: string;

function run(command: string, ...argv: string[]): string {
  return execFileSync(command, argv, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, MASA_HOME: join(folder, 'home') },
  });
}

// Installs the packed tarball into an empty project, as a user does.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masa package '));
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('[')));
  writeFileSync(join(folder, 'package.json'), '{"name":"user","private":true,"type":"module"}');
  run(
    'npm',
    'install',
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
    `./${filename}`,
  );
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the installed package', () => {
  it('answers npx masa --help', () => {
    expect(run('npx', '--no-install', 'masa', '--help')).toContain('masa genesis');
  });

  it.each(['genesis', 'contracts', 'subnet', 'sim', 'reports'])('can be imported: %s', (room) => {
    const script = `const it = await import('masa-l1-toolkit/${room}'); console.log(Object.keys(it).length);`;
    expect(Number(run(process.execPath, '--input-type=module', '-e', script))).toBeGreaterThan(0);
  });

  it('hashes the genesis of the built-in plan', () => {
    run('npx', '--no-install', 'masa', 'genesis', 'build', '--out', 'genesis.json');
    const text = readFileSync(join(folder, 'genesis.json'), 'utf8');
    expect(JSON.parse(text).config.chainId).toBeGreaterThan(0);
    const { blockHash } = JSON.parse(
      run('npx', '--no-install', 'masa', 'genesis', 'hash', 'genesis.json', '--json'),
    );
    expect(blockHash).toMatch(/^0x[0-9a-f]{64}$/);
  });
});
