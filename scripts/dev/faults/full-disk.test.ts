// Keeps swc's native module loaded while worker threads that use it come and go.
import '@swc/core';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded } from '../../../subnet/embedded/start-embedded.js';
import { main } from '../../main.js';

/** The errors that a full disk gives; nothing in the text of an error tells which of the writes failed. */
const codes =
  /^(FILE_NOT_WRITTEN|STORE_WRITE_FAILED|REPORT_WRITE_FAILED|JOURNAL_WRITE_FAILED|DEPLOY_WRITE_FAILED|SYSTEM_ENOSPC)$/;

let folder: string;
let disk: string;
let url: string;
let stop: () => Promise<void>;
/** A small file system of its own; without the right to mount one, nothing here can be tried. */
const canMount = (() => {
  const at = mkdtempSync(join(tmpdir(), 'masa-mount-'));
  try {
    mount(at, 64);
    execFileSync('umount', [at], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
})();

function mount(at: string, kibibytes: number) {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', at], {
    stdio: 'ignore',
  });
}

async function run(...argv: string[]) {
  const out: string[] = [];
  const exitCode = await main([...argv, '--json'], {
    print: (text) => out.push(text),
    printError: (text) => out.push(text),
    version: '0',
    signal: new AbortController().signal,
  });
  return { exitCode, json: JSON.parse(out.join('\n')) };
}

const size = ['--days', '20', '--scale', '100000', '--workers', '1'];
const list = () => readdirSync(disk, { recursive: true, encoding: 'utf8' }).sort();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'masa-disk-'));
  disk = join(folder, 'disk');
  mkdirSync(disk);
  if (!canMount) return;
  await run('genesis', 'build', '--out', join(folder, 'genesis.json'));
  await run('sim', 'run', ...size, '--out', join(folder, 'study'));
  const chain = await startEmbedded({
    genesis: readFileSync(join(folder, 'genesis.json'), 'utf8'),
    port: 0,
  });
  url = chain.url;
  stop = chain.stop;
}, 120_000);
afterAll(async () => {
  await stop?.();
  rmSync(folder, { recursive: true, force: true });
});

describe('a full disk', () => {
  // Without a file system of its own a test has no disk that it may fill; the write errors are then tried elsewhere.
  it.each<[string, number, () => string[]]>([
    ['plan init', 4, () => ['plan', 'init', join(disk, 'plan.yaml')]],
    ['genesis build', 32, () => ['genesis', 'build', '--out', join(disk, 'genesis.json')]],
    ['sim run', 8, () => ['sim', 'run', ...size, '--out', join(disk, 'study')]],
    [
      'sim export',
      4,
      () => ['sim', 'export', join(folder, 'study'), '--out', join(disk, 'x.csv'), '--lines'],
    ],
    ['report build', 64, () => ['report', 'build', '--out', join(disk, 'report')]],
    [
      'deploy run: journal',
      4,
      () => ['deploy', 'run', '--rpc', url, '--out', join(disk, 'deployment')],
    ],
    [
      'deploy run: manifest',
      48,
      () => ['deploy', 'run', '--rpc', url, '--out', join(disk, 'deployment')],
    ],
  ])('stops masa %s with advice; nothing half-written stays', async (name, kibibytes, argv) => {
    if (!canMount) return;
    mount(disk, kibibytes);
    try {
      const { exitCode, json } = await run(...argv());
      expect([exitCode, json.error?.code], JSON.stringify(json).slice(0, 500)).toEqual([
        expect.toSatisfy((code) => code === 1 || code === 2),
        expect.stringMatching(codes),
      ]);
      expect(json.error.where).toBeTruthy();
      expect(json.error.next).toMatch(/room|place|folder/i);
      const left = list().filter((file) => !/^(deployment|study|report)$/.test(file));
      // Only what is whole may stay: the journal, and what a study has finished.
      expect(
        left.filter(
          (file) => !/journal$|^study\/(daily|summary|study\.json|plan\.json)$/.test(file),
        ),
        name,
      ).toEqual([]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it('continues when there is room: no transaction is sent twice', async () => {
    if (!canMount) return;
    const deploy = ['deploy', 'run', '--rpc', url, '--out', join(disk, 'deployment')];
    for (const kibibytes of [48, 1024]) {
      mount(disk, kibibytes);
      try {
        const { exitCode, json } = await run(...deploy);
        expect(exitCode).toBe(kibibytes === 48 ? 1 : 0);
        if (exitCode === 0) expect(json.sent).toBe(0);
      } finally {
        execFileSync('umount', [disk]);
      }
    }
  });

  it('is not mistaken for another fault where a device says so', async () => {
    writeFileSync(join(folder, 'there'), '');
    const { json } = await run('genesis', 'build', '--out', '/dev/full');
    expect(json.error.code).toBe('FILE_EXISTS');
  });
});
