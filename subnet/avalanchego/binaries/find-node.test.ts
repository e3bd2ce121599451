import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder, writeFakeNode, writeScript } from './fake-programs.js';
import { findNode } from './find-node.js';
import { inspectNode } from './inspect-node.js';

let root: string;
beforeAll(async () => {
  root = await makeTemporaryFolder();
});
afterAll(() => rm(root, { recursive: true, force: true }));

const code = (value: string) => expect.objectContaining({ code: value });
const moduleFolder = join(import.meta.dirname, '../node');

describe('inspectNode', () => {
  it('accepts a pair that fits', async () => {
    const { binary, pluginFolder } = await writeFakeNode(join(root, 'good'));
    await expect(inspectNode(binary, pluginFolder)).resolves.toMatchObject({
      version: 'v1.14.2',
      rpcChainVm: 45,
    });
  });

  it.each([
    ['a plugin of another release', { pluginProtocol: 44 }, 'NODE_PROTOCOL_MISMATCH'],
    [
      'a version that the toolkit does not know',
      { version: '1.16.0', protocol: 48 },
      'NODE_VERSION_UNKNOWN',
    ],
    ['a known version with a foreign protocol', { protocol: 46 }, 'NODE_VERSION_UNKNOWN'],
    [
      'v1.15.1 with the plugin of v1.14.2',
      { version: '1.15.1', protocol: 46, pluginProtocol: 45 },
      'NODE_PROTOCOL_MISMATCH',
    ],
    [
      'v1.15.1 that claims the protocol of v1.15.3',
      { version: '1.15.1', protocol: 47 },
      'NODE_VERSION_UNKNOWN',
    ],
  ])('refuses %s', async (name, claims, expected) => {
    const { binary, pluginFolder } = await writeFakeNode(
      join(root, name.replaceAll(' ', '-')),
      claims,
    );
    await expect(inspectNode(binary, pluginFolder)).rejects.toThrow(code(expected));
  });

  it('gives the reason: both protocols, and what would fit', async () => {
    const { binary, pluginFolder } = await writeFakeNode(join(root, 'reason'), {
      version: '1.15.1',
      protocol: 46,
      pluginProtocol: 45,
    });
    const error = await inspectNode(binary, pluginFolder).catch((e) => e);
    expect(error.message).toMatch(/v1\.15\.1 speaks plugin protocol 46.*speaks 45/);
    expect(error.allowed).toBe('two programs of one release');
  });

  it('refuses missing and foreign programs', async () => {
    const folder = join(root, 'broken');
    await expect(inspectNode(join(folder, 'none'), folder)).rejects.toThrow(
      code('NODE_BINARY_MISSING'),
    );
    const { binary, pluginFolder } = await writeFakeNode(folder);
    await expect(inspectNode(binary, folder)).rejects.toThrow(code('NODE_PLUGIN_MISSING'));
    await writeScript(binary, 'echo hello');
    await expect(inspectNode(binary, pluginFolder)).rejects.toThrow(code('NODE_BINARY_BROKEN'));
    await writeFakeNode(folder);
    await writeScript(
      join(pluginFolder, 'srEXiWaHuhNyGwPUi444Tu47ZEDwxTWrbQiuD7FmgSAQ6X7Dy'),
      'exit 1',
    );
    await expect(inspectNode(binary, pluginFolder)).rejects.toThrow(code('NODE_PLUGIN_BROKEN'));
  });
});

describe('findNode', () => {
  it('prefers the named program, then PATH', async () => {
    const named = await writeFakeNode(join(root, 'named'));
    const other = join(root, 'on-path');
    await writeFakeNode(other);
    const env = { AVALANCHEGO_PATH: named.binary, PATH: `${other}:${process.env.PATH}` };
    const parameters = { moduleFolder, home: join(root, 'home') };
    await expect(findNode({ ...parameters, env })).resolves.toMatchObject({
      source: 'AVALANCHEGO_PATH',
      binary: named.binary,
    });
    await expect(
      findNode({ ...parameters, env: { ...env, AVALANCHEGO_PATH: '' } }),
    ).resolves.toMatchObject({ source: 'PATH', binary: join(other, 'avalanchego') });
    const plugins = join(root, 'named', 'plugins');
    await expect(
      findNode({ ...parameters, env: { ...env, AVALANCHEGO_PLUGIN_DIR: plugins } }),
    ).resolves.toMatchObject({ pluginFolder: plugins });
  });

  it('does not pass over a named program that does not fit', async () => {
    const env = { AVALANCHEGO_PATH: join(root, 'nowhere'), PATH: '' };
    await expect(findNode({ moduleFolder, home: root, env })).rejects.toThrow(
      code('NODE_BINARY_MISSING'),
    );
  });

  it('says every place it looked at when there is none', async () => {
    const folder = join(root, 'unfit');
    await writeFakeNode(folder, { pluginProtocol: 1 });
    const error = await findNode({ moduleFolder, home: root, env: { PATH: folder } }).catch(
      (e) => e,
    );
    expect(error).toMatchObject({ code: 'NODE_NOT_FOUND' });
    expect(error.problems.map((problem: { path: string }) => problem.path)).toEqual([
      'AVALANCHEGO_PATH',
      'PATH',
      'cache',
      'fetched release',
    ]);
    expect(error.problems[1].message).toContain('protocol');
  });
});
