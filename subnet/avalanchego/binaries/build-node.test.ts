import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildNode } from './build-node.js';
import { makeTemporaryFolder, writeFakeNode, writeScript } from './fake-programs.js';
import { compareVersions, verifyToolchain } from './verify-toolchain.js';

let root: string;
beforeEach(async () => {
  root = await makeTemporaryFolder();
  await writeFakeNode(join(root, 'made'));
  await writeScript(join(root, 'bin/gcc'), 'echo "gcc (Debian 12.2.0-14) 12.2.0"');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const code = (value: string) => expect.objectContaining({ code: value });
const moduleFolder = join(import.meta.dirname, '../node');
const env = () => ({ PATH: `${join(root, 'bin')}:/usr/bin:/bin` });

/** A "go" that writes programs which answer like the real ones, and counts its runs. */
const goThatBuilds = (version = '1.25.8') => `
[ "$1" = env ] && { echo go${version}; echo gcc; exit 0; }
echo "$1" >> ${join(root, 'runs')}
[ "$1" = list ] && { echo a; echo b; exit 0; }
for last; do [ "$previous" = -o ] && out="$last"; previous="$last"; done
echo some/package >&2
case "$out" in
  */avalanchego) cp ${join(root, 'made/avalanchego')} "$out";;
  *) cp ${join(root, 'made/plugins/*')} "$out";;
esac`;

describe('buildNode', () => {
  const build = () => buildNode({ moduleFolder, home: join(root, 'home'), env: env() });

  it('builds once, then finds the cache; builds again when a program was damaged', async () => {
    await writeScript(join(root, 'bin/go'), goThatBuilds());
    const first = await build();
    expect(first).toMatchObject({ built: true, version: 'v1.14.2' });
    const runs = async () => (await readFile(join(root, 'runs'), 'utf8')).trim().split('\n');
    expect(await runs()).toEqual(['list', 'build', 'build']);
    expect(await build()).toMatchObject({ built: false, binary: first.binary });
    expect(await runs()).toHaveLength(3);
    await writeFile(first.binary, '#!/bin/sh\necho no\n');
    expect(await build()).toMatchObject({ built: true });
    expect(await runs()).toHaveLength(6);

    // Damage that keeps size and time is noticed too, though untouched files are not hashed again.
    const whole = await readFile(first.binary, 'utf8');
    const { atime, mtime } = await stat(first.binary);
    await writeFile(first.binary, whole.replace('1.14.2', '1.14.3'));
    await utimes(first.binary, atime, mtime);
    expect(await build()).toMatchObject({ built: true });
    expect(await readFile(first.binary, 'utf8')).toBe(whole);
  });

  it("tells the compiler's last lines and leaves nothing behind when it fails", async () => {
    await writeScript(
      join(root, 'bin/go'),
      '[ "$1" = env ] && { echo go1.25.8; echo gcc; exit 0; }\necho "x.go:1: no space left on device" >&2; exit 2',
    );
    const error = await build().catch((e) => e);
    expect(error).toMatchObject({ code: 'NODE_BUILD_FAILED' });
    expect(error.message).toContain('no space left');
    expect(error.next).toContain('disk');
    const left = await readdir(join(root, 'home/node/v1.14.2'));
    expect(left).toEqual([]);
  });

  it('stops on a signal', async () => {
    await writeScript(
      join(root, 'bin/go'),
      '[ "$1" = env ] && { echo go1.25.8; echo gcc; exit 0; }\nexec sleep 20',
    );
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    await expect(
      buildNode({ moduleFolder, home: join(root, 'home'), env: env(), signal: abort.signal }),
    ).rejects.toThrow(code('NODE_BUILD_STOPPED'));
  });

  it('refuses a cache folder that cannot be made', async () => {
    await writeScript(join(root, 'bin/go'), goThatBuilds());
    await writeFile(join(root, 'file'), '');
    await expect(buildNode({ moduleFolder, home: join(root, 'file'), env: env() })).rejects.toThrow(
      code('NODE_CACHE_UNWRITABLE'),
    );
  });
});

describe('verifyToolchain', () => {
  const check = (platform = 'linux-x64') => verifyToolchain({ PATH: join(root, 'bin') }, platform);

  it('accepts what fits', async () => {
    await writeScript(join(root, 'bin/go'), 'echo go1.26.8; echo gcc');
    expect(await check()).toEqual({ go: '1.26.8', compiler: 'gcc (Debian 12.2.0-14) 12.2.0' });
  });

  it('says what is missing or too old', async () => {
    await expect(check('win32-x64')).rejects.toThrow(code('NODE_PLATFORM'));
    await expect(check()).rejects.toThrow(code('NODE_GO_MISSING'));
    await writeScript(join(root, 'bin/go'), 'echo go1.25.7; echo gcc');
    await expect(check()).rejects.toThrow(code('NODE_GO_TOO_OLD'));
    await writeScript(join(root, 'bin/go'), 'echo go1.25.8; echo gcc');
    await writeScript(join(root, 'bin/gcc'), 'echo "gcc (Debian 10.2.1-6) 10.2.1 20210110"');
    await expect(check()).rejects.toThrow(code('NODE_CC_TOO_OLD'));
    await rm(join(root, 'bin/gcc'));
    await expect(check()).rejects.toThrow(code('NODE_CC_MISSING'));
  });

  it.each([
    ['1.25.8', '1.25.8', 0],
    ['1.25.10', '1.25.8', 1],
    ['1.26', '1.25.8', 1],
    ['1.25', '1.25.8', -1],
    ['1.25rc1', '1.25.8', -1],
  ])('orders %s against %s', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
  });
});
