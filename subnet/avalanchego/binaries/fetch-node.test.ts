import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SUBNET_EVM_ID } from '../network/vm-id.js';
import { makeTemporaryFolder, writeFakeNode } from './fake-programs.js';
import { fetchNode } from './fetch-node.js';
import { findNode } from './find-node.js';

interface TarEntry {
  readonly path: string;
  readonly content?: string | Buffer;
  readonly type?: string;
}

/** A tar archive, written here on its own so that the reader is not its own judge. */
function tar(...entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = '', type = '0' }) => {
    const header = Buffer.alloc(512);
    header.write(path.slice(0, 100), 0);
    header.write('0000755\0', 100);
    header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    header.write(type, 156);
    header.write('ustar\0', 257);
    header.write('00', 263);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const body = Buffer.from(content);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const code = (value: string) => expect.objectContaining({ code: value });

let root: string;
let home: string;
let homes = 0;
let server: Server;
let address: string;
let node: readonly TarEntry[];
let plugin: readonly TarEntry[];
/** What the server does with requests: a status, a cut after so many bytes, or nothing special. */
let serve: { bytes: Buffer; ranges: boolean; cuts: number[]; status?: number };
const asked: (string | undefined)[] = [];

beforeAll(async () => {
  root = await makeTemporaryFolder();
  const fake = await writeFakeNode(join(root, 'programs'));
  node = [{ path: 'avalanchego-v1.14.2/avalanchego', content: readFileSync(fake.binary) }];
  plugin = [{ path: 'subnet-evm', content: readFileSync(join(fake.pluginFolder, SUBNET_EVM_ID)) }];
  server = createServer((request, response) => {
    asked.push(request.headers.range);
    if (serve.status !== undefined) return response.writeHead(serve.status).end();
    const start = serve.ranges ? Number(/=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    if (start > 0 && start >= serve.bytes.length) return response.writeHead(416).end();
    const body = serve.bytes.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': body.length,
      ...(start > 0 && {
        'content-range': `bytes ${start}-${serve.bytes.length - 1}/${serve.bytes.length}`,
      }),
    });
    const cut = serve.cuts.shift();
    if (cut === undefined) return response.end(body);
    response.write(body.subarray(0, cut), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as { port: number }).port}/node.tar.gz`;
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => {
  homes += 1;
  home = join(root, `home ${homes}`);
  asked.length = 0;
});

const fetching = (bytes: Buffer, extra: Partial<typeof serve> = {}, hash = sha256(bytes)) => {
  serve = { bytes, ranges: true, cuts: [], ...extra };
  return fetchNode({ archives: [{ url: address, sha256: hash }], home, descriptorLimit: 65_536 });
};
const left = () =>
  existsSync(join(home, 'node'))
    ? readdirSync(join(home, 'node'), { recursive: true })
        .map(String)
        .filter((name) => !/^(fetched|downloads)$/.test(name))
    : [];

describe('fetchNode', () => {
  it('fetches both programs, which are then found, and does nothing the second time', async () => {
    const bytes = tar({ path: 'avalanchego-v1.14.2/', type: '5' }, ...node, ...plugin, {
      path: 'LICENSE',
      content: 'x',
    });
    const first = await fetching(bytes);
    expect(first).toMatchObject({ built: true, version: 'v1.14.2', rpcChainVm: 45 });
    expect(left().filter((name) => /LICENSE|\.tar/.test(name))).toEqual([]);
    asked.length = 0;
    await expect(fetching(bytes)).resolves.toMatchObject({ built: false, folder: first.folder });
    expect(asked).toEqual([]);
    const found = findNode({ moduleFolder: join(import.meta.dirname, '../node'), home, env: {} });
    // The release's plugin cannot run where few files may be open, and then is passed over with the reason.
    const limit = /open files\s+\S+\s+(\S+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    if (limit !== 'unlimited' && Number(limit) < 32_768) {
      const error = await found.catch((e) => e);
      expect(error.problems.at(-1)).toMatchObject({ path: 'fetched release' });
      expect(error.problems.at(-1).message).toContain('32768 open files');
    } else await expect(found).resolves.toMatchObject({ source: 'fetched release' });
  });

  it('puts programs of two archives together', async () => {
    const [one, two] = [tar(...node), tar(...plugin)];
    const other = createServer((_, response) => response.end(two));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    serve = { bytes: one, ranges: true, cuts: [] };
    const url = `http://127.0.0.1:${(other.address() as { port: number }).port}/`;
    const archives = [
      { url: address, sha256: sha256(one).toUpperCase() },
      { url, sha256: sha256(two) },
    ];
    const done = await fetchNode({ archives, home, descriptorLimit: Number.POSITIVE_INFINITY });
    other.close();
    expect(done.pluginVersion).toContain('Subnet-EVM/v1.14.2');
  });

  it('goes on where a connection broke', async () => {
    const bytes = tar(...node, ...plugin, { path: 'filler', content: noise(400_000) });
    await fetching(bytes, { cuts: [100_000, 150_000] });
    expect(asked[0]).toBeUndefined();
    const offsets = asked.slice(1).map((range) => Number(/\d+/.exec(range!)?.[0]));
    expect(offsets[0]).toBeGreaterThan(0);
    expect(offsets.at(-1)).toBeGreaterThan(offsets[0]!);
  });

  it('begins anew with a server that knows no ranges', async () => {
    const bytes = tar(...node, ...plugin, { path: 'filler', content: noise(300_000) });
    await expect(fetching(bytes, { ranges: false, cuts: [100_000] })).resolves.toMatchObject({
      built: true,
    });
  });

  it('keeps the part when it gives up, and goes on with it in the next run', async () => {
    const bytes = tar(...node, ...plugin, { path: 'filler', content: noise(300_000) });
    const part = join(home, 'node', 'downloads', `${sha256(bytes)}.tar.gz`);
    mkdirSync(join(home, 'node', 'downloads'), { recursive: true });
    writeFileSync(part, bytes.subarray(0, 123_456)); // what a killed process leaves
    await expect(fetching(bytes, { status: 503 })).rejects.toThrow(code('NODE_FETCH_FAILED'));
    expect(readFileSync(part).length).toBe(123_456);
    asked.length = 0;
    await fetching(bytes);
    expect(asked).toEqual(['bytes=123456-']);
  });

  it('removes what has another hash, also a part of something else, and says both hashes', async () => {
    const bytes = tar(...node, ...plugin);
    const forged = Buffer.from(bytes);
    forged[forged.length >> 1]! ^= 1;
    const error = await fetching(forged, {}, sha256(bytes)).catch((e) => e);
    expect(error.code).toBe('NODE_FETCH_HASH');
    expect(error.message).toContain(sha256(bytes));
    expect(error.message).toContain(sha256(forged));
    expect(left()).toEqual([]);
    await fetching(bytes);
  });

  it.each([
    ['a path that climbs out', [{ path: '../../evil', content: 'x' }], 'NODE_ARCHIVE_UNSAFE'],
    ['an absolute path', [{ path: '/etc/evil', content: 'x' }], 'NODE_ARCHIVE_UNSAFE'],
    [
      'a climbing path in a folder',
      [{ path: 'a/../../avalanchego', content: 'x' }],
      'NODE_ARCHIVE_UNSAFE',
    ],
    ['a link', [{ path: 'avalanchego', type: '2' }], 'NODE_ARCHIVE_UNSAFE'],
    ['a hard link', [{ path: 'x', type: '1' }], 'NODE_ARCHIVE_UNSAFE'],
    [
      'a climbing path in a long name',
      [
        { path: 'L', type: 'L', content: '../evil\0' },
        { path: 'harmless', content: 'x' },
      ],
      'NODE_ARCHIVE_UNSAFE',
    ],
    [
      'a climbing path in a pax header',
      [
        { path: 'p', type: 'x', content: '16 path=../evil\n' },
        { path: 'harmless', content: 'x' },
      ],
      'NODE_ARCHIVE_UNSAFE',
    ],
    [
      'two programs of a kind',
      [
        { path: 'a/avalanchego', content: 'x' },
        { path: 'b/avalanchego', content: 'y' },
      ],
      'NODE_ARCHIVE_UNSAFE',
    ],
    ['no plugin', undefined, 'NODE_ARCHIVE_INCOMPLETE'],
  ] as const)(
    'refuses an archive with %s, and leaves nothing of it',
    async (_, entries, expected) => {
      const bytes = tar(...(entries ?? node));
      await expect(fetching(bytes)).rejects.toThrow(code(expected));
      expect(left().filter((name) => !name.endsWith('.tar.gz'))).toEqual([]);
      expect(existsSync(join(root, 'evil'))).toBe(false);
    },
  );

  it('refuses an archive that is cut short or none at all, though its hash is right', async () => {
    const whole = tar(...node, ...plugin);
    for (const bytes of [whole.subarray(0, whole.length - 40), Buffer.from('no archive')])
      await expect(fetching(bytes)).rejects.toThrow(code('NODE_ARCHIVE_BROKEN'));
  });

  it('asks nobody without a hash, with a foreign address, or where the plugin could not run', async () => {
    const bytes = tar(...node, ...plugin);
    await expect(fetching(bytes, {}, '')).rejects.toMatchObject({
      code: 'NODE_FETCH_HASH_MISSING',
      exitCode: 2,
    });
    await expect(fetching(bytes, {}, 'abc')).rejects.toThrow(code('NODE_FETCH_HASH_MISSING'));
    const archives = [{ url: 'file:///etc/passwd', sha256: sha256(bytes) }];
    await expect(fetchNode({ archives, home, descriptorLimit: 65_536 })).rejects.toThrow(
      code('NODE_FETCH_URL'),
    );
    const pinned = [{ url: address, sha256: sha256(bytes) }];
    await expect(fetchNode({ archives: pinned, home, descriptorLimit: 20_000 })).rejects.toThrow(
      code('NODE_DESCRIPTOR_LIMIT'),
    );
    expect(asked).toEqual([]);
  });
});

/** Bytes that gzip cannot make smaller, the same in every run. */
function noise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(String(index)).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
