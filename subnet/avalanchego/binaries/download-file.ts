import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ToolkitError } from '../../../genesis/base/errors.js';

/** Releases are far smaller; a server that never ends must not fill the disk. */
const mostBytes = 1 << 30;
const pauseMilliseconds = 500;

export interface DownloadFileParameters {
  /** `https:` or `http:`; the hash, not the connection, is what is trusted. */
  readonly url: string;
  /** 64 hexadecimal digits, from a source that is trusted. */
  readonly sha256: string;
  /** Where the file goes. A part that is there already is gone on with. */
  readonly path: string;
  /** Connections that may break before it is given up; default 5. */
  readonly attempts?: number;
  readonly signal?: AbortSignal | undefined;
  onProgress?(bytes: number, total: number | undefined): void;
}

/**
 * Downloads a file whose hash is known. A broken connection, or a killed process, is gone on with from the byte where it
 * stopped, if the server can do that. A file with another hash is removed.
 *
 * @throws ToolkitError NODE_FETCH_URL, NODE_FETCH_FAILED (the part is kept), NODE_FETCH_HASH (both hashes shown),
 * NODE_FETCH_TOO_LARGE, NODE_FETCH_STOPPED.
 */
export async function downloadFile(parameters: DownloadFileParameters): Promise<void> {
  const { url, sha256, path, attempts = 5 } = parameters;
  verifyUrl(url);
  await mkdir(dirname(path), { recursive: true });
  if ((await sizeOf(path)) > 0 && (await hashFile(path)) === sha256) return;
  for (let attempt = 1; ; attempt += 1) {
    const before = await sizeOf(path);
    try {
      await receive(parameters, before);
      break;
    } catch (error) {
      if (parameters.signal?.aborted) throw stopped(path);
      if (error instanceof ToolkitError) throw error;
      const progressed = (await sizeOf(path)) > before;
      if (progressed) attempt = 0; // only what brings nothing counts
      if (attempt >= attempts) {
        throw new ToolkitError({
          code: 'NODE_FETCH_FAILED',
          message: `The download broke off after ${await sizeOf(path)} bytes: ${reasonOf(error)}`,
          where: url,
          next: 'Run the same command again; it goes on where it stopped.',
          cause: error,
        });
      }
      await sleep(pauseMilliseconds * attempt, undefined, { signal: parameters.signal }).catch(
        () => undefined,
      );
    }
  }
  const actual = await hashFile(path);
  if (actual === sha256) return;
  await rm(path, { force: true });
  throw new ToolkitError({
    code: 'NODE_FETCH_HASH',
    message: `The file has SHA-256 ${actual}, not ${sha256}. It was removed, and nothing of it was unpacked.`,
    where: url,
    next: 'Compare the hash with the one that the publisher gives, and the address with the publisher’s.',
  });
}

/** SHA-256 of a file as 64 hexadecimal digits. */
export function hashFile(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256');
    createReadStream(path, { highWaterMark: 1 << 20 })
      .on('error', reject)
      .on('data', (chunk) => hash.update(chunk))
      .on('end', () => resolve(hash.digest('hex')));
  });
}

/** One connection: appends what the server gives from `offset` on, or begins anew when it gives everything. */
async function receive(parameters: DownloadFileParameters, offset: number): Promise<void> {
  const { url, path, signal } = parameters;
  const response = await fetch(url, {
    headers: offset > 0 ? { range: `bytes=${offset}-` } : {},
    ...(signal === undefined ? {} : { signal }),
  });
  if (response.status === 416) {
    // Everything is there, or the part is longer than the file; the hash decides.
    await response.body?.cancel();
    return;
  }
  const resumed = response.status === 206 && startOf(response) === offset;
  if (!resumed && response.status !== 200) {
    await response.body?.cancel();
    throw new ToolkitError({
      code: 'NODE_FETCH_FAILED',
      message: `The server answers ${response.status} ${response.statusText}.`,
      where: url,
      next: 'Check the address.',
    });
  }
  const start = resumed ? offset : 0;
  const length = response.headers.get('content-length');
  const total = length === null ? undefined : start + Number(length);
  if ((total ?? 0) > mostBytes) throw tooLarge(url);
  const file = await open(path, resumed ? 'a' : 'w', 0o600);
  try {
    let bytes = start;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw tooLarge(url);
      await file.write(chunk);
      parameters.onProgress?.(bytes, total);
    }
    if (total !== undefined && bytes < total) throw new TypeError(`${bytes} of ${total} bytes`);
  } finally {
    await file.close();
  }
}

function startOf(response: Response): number {
  return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? -1);
}

function verifyUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return;
  throw new ToolkitError({
    code: 'NODE_FETCH_URL',
    message: `"${text}" is not an address to download from.`,
    where: '--url',
    allowed: 'https://… or http://…',
    exitCode: 2,
  });
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}

function stopped(path: string): ToolkitError {
  return new ToolkitError({
    code: 'NODE_FETCH_STOPPED',
    message: 'The download was stopped.',
    where: path,
    next: 'The same command goes on where it stopped.',
  });
}

function tooLarge(url: string): ToolkitError {
  return new ToolkitError({
    code: 'NODE_FETCH_TOO_LARGE',
    message: `The server offers more than ${mostBytes} bytes.`,
    where: url,
    allowed: `${mostBytes} bytes`,
  });
}
