import { ToolkitError } from '../../../genesis/base/errors.js';

/** A file of an archive; its bytes come in pieces. */
export interface TarSink {
  /** Called for each regular file; undefined passes over it. */
  file(path: string, size: number): ((bytes: Uint8Array) => Promise<void>) | undefined;
}

const blockBytes = 512;
/** Long names and further attributes stand in entries of their own; these are kept in memory. */
const mostHeaderBytes = 1 << 20;

/**
 * Reads a tar archive (ustar, with GNU and pax long names) from a stream. Every entry is checked, also those that nobody
 * wants: a path that leaves the folder, a link or a device make the whole archive suspect.
 *
 * @throws ToolkitError NODE_ARCHIVE_UNSAFE, NODE_ARCHIVE_BROKEN.
 */
export async function readTar(
  stream: AsyncIterable<Uint8Array>,
  sink: TarSink,
  where: string,
): Promise<void> {
  const reader = createReader(stream, where);
  let longName: string | undefined;
  for (;;) {
    const header = await reader.exactly(blockBytes);
    if (header.every((byte) => byte === 0)) return;
    const entry = parseHeader(header, where);
    const padding = (blockBytes - (entry.size % blockBytes)) % blockBytes;
    if ('xgL'.includes(entry.type)) {
      if (entry.size > mostHeaderBytes) throw broken(where, 'a name of more than a megabyte');
      const text = (await reader.exactly(entry.size)).toString('utf8');
      await reader.exactly(padding);
      if (entry.type === 'L') longName = text.replace(/\0.*$/s, '');
      else if (entry.type === 'x') longName = paxPath(text) ?? longName;
      continue;
    }
    const path = longName ?? entry.path;
    longName = undefined;
    verifyEntry(path, entry.type, where);
    const write = entry.type === '5' ? undefined : sink.file(path, entry.size);
    for (let left = entry.size; left > 0; ) {
      const bytes = await reader.some(left);
      left -= bytes.length;
      await write?.(bytes);
    }
    await reader.exactly(padding);
  }
}

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly type: string;
}

function parseHeader(header: Buffer, where: string): Entry {
  const text = (from: number, length: number) =>
    header.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  const octal = (from: number, length: number) => {
    const digits = text(from, length).trim();
    if (!/^[0-7]*$/.test(digits)) throw broken(where, 'a header with a wrong number');
    return Number.parseInt(digits || '0', 8);
  };
  let sum = 0;
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 32 : byte;
  if (sum !== octal(148, 8)) throw broken(where, 'a header with a wrong checksum');
  const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
  const name = text(0, 100);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    size: octal(124, 12),
    type: text(156, 1) || '0',
  };
}

/** `path` of a pax header: records "length key=value\n". */
function paxPath(text: string): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1];
}

function verifyEntry(path: string, type: string, where: string): void {
  const parts = path.replace(/\/$/, '').split('/');
  const leaves = path.startsWith('/') || path.includes('\\') || parts.includes('..');
  if (type !== '0' && type !== '5')
    throw unsafe(where, `"${path}" is a link or a device (type ${type})`);
  if (leaves || path.includes('\0')) throw unsafe(where, `"${path}" leaves the folder`);
}

function createReader(stream: AsyncIterable<Uint8Array>, where: string) {
  const iterator = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const more = async () => {
    let next: IteratorResult<Uint8Array>;
    try {
      next = await iterator.next();
    } catch (error) {
      throw broken(where, (error as Error).message);
    }
    if (next.done) throw broken(where, 'it ends too early');
    rest = Buffer.concat([rest, next.value]);
  };
  return {
    /** At least one byte, at most `most`. */
    async some(most: number): Promise<Buffer> {
      while (rest.length === 0) await more();
      const bytes = rest.subarray(0, most);
      rest = rest.subarray(bytes.length);
      return bytes;
    },
    async exactly(count: number): Promise<Buffer> {
      while (rest.length < count) await more();
      const bytes = rest.subarray(0, count);
      rest = rest.subarray(count);
      return bytes;
    },
  };
}

function unsafe(where: string, why: string): ToolkitError {
  return new ToolkitError({
    code: 'NODE_ARCHIVE_UNSAFE',
    message: `The archive is refused: ${why}.`,
    where,
    allowed: 'files and folders below the archive’s own folder',
    next: 'Nothing of it was kept. Ask where it comes from.',
  });
}

function broken(where: string, why: string): ToolkitError {
  return new ToolkitError({
    code: 'NODE_ARCHIVE_BROKEN',
    message: `The archive cannot be read: ${why}.`,
    where,
    allowed: '.tar.gz',
  });
}
