import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { SUBNET_EVM_ID } from '../network/vm-id.js';
import type { BuiltNode } from './build-node.js';
import { downloadFile, hashFile } from './download-file.js';
import { inspectNode } from './inspect-node.js';
import { type NodeBuildManifest, readCachedNode } from './read-cached-node.js';
import { readDescriptorLimit, UPSTREAM_PLUGIN_DESCRIPTORS } from './read-descriptor-limit.js';
import { readTar } from './read-tar.js';

/** An archive and the hash that somebody who is trusted has published for it. */
export interface PinnedArchive {
  readonly url: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface FetchNodeParameters {
  /** One archive with both programs, or one for each. */
  readonly archives: readonly PinnedArchive[];
  /** The toolkit's cache; programs go to `{home}/node/fetched/{hash}`. */
  readonly home: string;
  readonly signal?: AbortSignal | undefined;
  /** Hard limit of open files; default: that of this process. */
  readonly descriptorLimit?: number | undefined;
  onProgress?(url: string, bytes: number, total: number | undefined): void;
}

/** Unpacked, both programs have about 300 MB; more is a bomb. */
const mostUnpackedBytes = 1 << 30;

/**
 * Downloads release archives, checks their hashes, and only then unpacks the two programs out of them. Whatever else lies
 * in an archive is looked at but not written.
 *
 * @throws ToolkitError NODE_FETCH_HASH_MISSING (exit 2), NODE_DESCRIPTOR_LIMIT, those of `downloadFile`, `readTar` and
 * `inspectNode`; NODE_ARCHIVE_INCOMPLETE. Nothing is left but the downloads.
 */
export async function fetchNode(parameters: FetchNodeParameters): Promise<BuiltNode> {
  const { archives, home } = parameters;
  for (const archive of archives) verifyHash(archive);
  const folder = fetchedFolder(home, archives);
  const cached = await readCachedNode(folder);
  if (cached !== undefined) return { ...cached, folder, built: false };
  verifyDescriptorLimit(parameters.descriptorLimit ?? readDescriptorLimit());

  const temporary = `${folder}.${randomUUID()}.tmp`;
  await mkdir(join(temporary, 'plugins'), { recursive: true });
  try {
    for (const { url, sha256 } of archives) {
      const path = join(home, 'node', 'downloads', `${sha256.toLowerCase()}.tar.gz`);
      await downloadFile({
        url,
        path,
        sha256: sha256.toLowerCase(),
        signal: parameters.signal,
        onProgress: (bytes, total) => parameters.onProgress?.(url, bytes, total),
      });
      await unpack(path, temporary);
    }
    const binary = join(temporary, 'avalanchego');
    const pluginFolder = join(temporary, 'plugins');
    const node = await inspectNode(binary, pluginFolder).catch((error) => {
      throw explainMissing(error, archives);
    });
    const manifest: NodeBuildManifest = {
      version: node.version,
      go: '',
      compiler: archives.map(({ url }) => url).join(' '),
      sha256: {
        avalanchego: await hashFile(binary),
        plugin: await hashFile(join(pluginFolder, SUBNET_EVM_ID)),
      },
    };
    await writeFile(join(temporary, 'build.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
    for (const { sha256 } of archives)
      await rm(join(home, 'node', 'downloads', `${sha256.toLowerCase()}.tar.gz`), { force: true });
    return {
      ...node,
      binary: join(folder, 'avalanchego'),
      pluginFolder: join(folder, 'plugins'),
      folder,
      built: true,
    };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Where programs from these archives lie or will lie. */
export function fetchedFolder(home: string, archives: readonly PinnedArchive[]): string {
  const hash = createHash('sha256');
  for (const { sha256 } of archives) hash.update(sha256.toLowerCase());
  return join(home, 'node', 'fetched', hash.digest('hex').slice(0, 16));
}

/** The release's plugin ends at once where it may not open enough files, and the node does not say why. */
export function verifyDescriptorLimit(limit: number | undefined): void {
  if (limit === undefined || limit >= UPSTREAM_PLUGIN_DESCRIPTORS) return;
  throw new ToolkitError({
    code: 'NODE_DESCRIPTOR_LIMIT',
    message: `The plugin of a release asks for ${UPSTREAM_PLUGIN_DESCRIPTORS} open files, and the hard limit here is ${limit}: no L1 would start.`,
    where: 'ulimit -Hn',
    allowed: `${UPSTREAM_PLUGIN_DESCRIPTORS} or more`,
    next: 'Raise the limit (docker run --ulimit nofile=32768), or use masa node build, whose plugin does not ask.',
  });
}

/** Writes the programs of a verified archive into a folder, each once. */
async function unpack(archive: string, folder: string): Promise<void> {
  const opened: FileHandle[] = [];
  let unpacked = 0;
  const target = (path: string) => {
    const name = basename(path);
    if (name === 'avalanchego') return join(folder, 'avalanchego');
    return name === 'subnet-evm' || name === SUBNET_EVM_ID
      ? join(folder, 'plugins', SUBNET_EVM_ID)
      : undefined;
  };
  try {
    const stream = createReadStream(archive).pipe(createGunzip());
    await readTar(
      stream,
      {
        file(path, size) {
          unpacked += size;
          if (unpacked > mostUnpackedBytes) throw tooLarge(archive);
          const place = target(path);
          if (place === undefined) return undefined;
          let file: FileHandle | undefined;
          return async (bytes) => {
            file ??= await openNew(place, path, archive);
            if (!opened.includes(file)) opened.push(file);
            await file.write(bytes);
          };
        },
      },
      archive,
    );
  } finally {
    for (const file of opened) await file.close();
  }
}

async function openNew(place: string, path: string, archive: string): Promise<FileHandle> {
  try {
    return await open(place, 'wx', 0o755);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new ToolkitError({
      code: 'NODE_ARCHIVE_UNSAFE',
      message: `The archive is refused: "${path}" is the second program of its kind.`,
      where: archive,
      cause,
    });
  }
}

function verifyHash({ url, sha256 }: PinnedArchive): void {
  if (/^[0-9a-fA-F]{64}$/.test(sha256)) return;
  throw new ToolkitError({
    code: 'NODE_FETCH_HASH_MISSING',
    message:
      sha256 === ''
        ? 'No hash was given for the archive; it will not be fetched without one.'
        : `"${sha256}" is not a SHA-256.`,
    where: url,
    allowed: '64 hexadecimal digits, from a source that you trust',
    next: 'The release page shows the hash of each file; for an archive of your own, sha256sum does.',
    exitCode: 2,
  });
}

function explainMissing(error: unknown, archives: readonly PinnedArchive[]): unknown {
  if (!(error instanceof ToolkitError) || !/_MISSING$/.test(error.code)) return error;
  const what = error.code === 'NODE_PLUGIN_MISSING' ? 'Subnet-EVM plugin' : 'avalanchego program';
  return new ToolkitError({
    code: 'NODE_ARCHIVE_INCOMPLETE',
    message: `There is no ${what} in what was fetched.`,
    where: archives.map(({ url }) => url).join(' '),
    next: 'Releases hold the two programs in two archives: name the other one with --plugin-url and --plugin-sha256.',
    cause: error,
  });
}

function tooLarge(where: string): ToolkitError {
  return new ToolkitError({
    code: 'NODE_ARCHIVE_UNSAFE',
    message: `The archive is refused: it unpacks to more than ${mostUnpackedBytes} bytes.`,
    where,
  });
}
