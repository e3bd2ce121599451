import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { ToolkitError } from '../../../genesis/base/errors.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { acquireLock, type Lock } from '../../journal/acquire-lock.js';

/** Bytes at the start of the file: what it is, then the hash of the genesis block. */
const magic = Buffer.from('MASABLK1');
const headLength = magic.length + 32;
/** Before each block: its length and its CRC-32, both big-endian. */
const frameLength = 8;

/** The blocks of a chain on the disk, from block 1 on. */
export interface BlockLog {
  /** What the file held when it was opened. */
  readonly found: readonly Hex[];
  /** Bytes of a torn last record that were cut off. */
  readonly tornBytes: number;
  /** Adds a block; when it cannot be written whole, nothing of it stays. @throws ToolkitError `EMBEDDED_STORE_WRITE`. */
  append(raw: Hex): void;
  /** Keeps only the first blocks. */
  cut(blocks: number): void;
  close(): void;
}

/** Milliseconds within which a block is on the disk itself; one order to the disk serves all blocks of that time. */
const syncWithin = 1000;

/**
 * Opens or makes the block log of a folder. Records survive the death of the process as soon as they are appended, and
 * that of the machine after at most a second. A last record that was not written whole is cut off.
 *
 * @throws ToolkitError `EMBEDDED_STORE_OTHER_CHAIN`, `EMBEDDED_STORE_DAMAGED`, `EMBEDDED_STORE_IN_USE`,
 * `EMBEDDED_STORE_UNUSABLE` (exit 2).
 */
export function openBlockLog(folder: string, genesisHash: Hex): BlockLog {
  const path = join(folder, 'blocks.log');
  let lock: Lock | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    lock = acquireLock(join(folder, 'lock'));
    const file = openSync(path, 'a+', 0o600);
    const bytes = readFileSync(path);
    if (bytes.length < headLength && isStart(bytes, genesisHash)) {
      ftruncateSync(file, 0);
      writeSync(file, Buffer.concat([magic, hexBytes(genesisHash)]));
      return openLog(path, file, lock, [], headLength, 0);
    }
    verifyHead(bytes, genesisHash, path);
    const { found, end } = readBlocks(bytes, path);
    if (end < bytes.length) ftruncateSync(file, end);
    return openLog(path, file, lock, found, end, bytes.length - end);
  } catch (cause) {
    lock?.release();
    if (cause instanceof ToolkitError && cause.code !== 'JOURNAL_LOCKED') throw cause;
    const locked = cause instanceof ToolkitError;
    throw new ToolkitError({
      code: locked ? 'EMBEDDED_STORE_IN_USE' : 'EMBEDDED_STORE_UNUSABLE',
      message: locked
        ? 'Another chain runs from this folder.'
        : `The chain's folder cannot be used: ${(cause as Error).message}.`,
      where: folder,
      next: locked ? 'Stop it first, or choose another --data-dir.' : 'Choose another --data-dir.',
      exitCode: 2,
      cause,
    });
  }
}

function openLog(
  path: string,
  file: number,
  lock: Lock,
  found: { readonly raw: Hex; readonly end: number }[],
  size: number,
  tornBytes: number,
): BlockLog {
  const ends = [headLength, ...found.map(({ end }) => end)];
  let end = size;
  let timer: NodeJS.Timeout | undefined;
  let failure: Error | undefined;
  const refuse = (cause: Error): never => {
    throw new ToolkitError({
      code: 'EMBEDDED_STORE_WRITE',
      message: `The block could not be kept: ${cause.message}. It was not made.`,
      where: path,
      next: 'Make room on the disk and send the transaction again.',
      cause,
    });
  };
  const sync = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      fdatasync(file, (cause) => {
        // The system may have dropped blocks that it said were written: nothing more can be promised.
        failure ??= cause ?? undefined;
      });
    }, syncWithin).unref();
  };
  return {
    found: found.map(({ raw }) => raw),
    tornBytes,
    append(raw) {
      if (failure !== undefined) refuse(failure);
      const body = hexBytes(raw);
      const frame = Buffer.alloc(frameLength + body.length);
      frame.writeUInt32BE(body.length, 0);
      frame.writeUInt32BE(crc32(body), 4);
      frame.set(body, frameLength);
      try {
        let written = 0;
        while (written < frame.length) written += writeSync(file, frame, written);
      } catch (cause) {
        ftruncateSync(file, end);
        refuse(cause as Error);
      }
      end += frame.length;
      ends.push(end);
      sync();
    },
    cut(blocks) {
      ends.length = blocks + 1;
      end = ends.at(-1)!;
      ftruncateSync(file, end);
      sync();
    },
    close() {
      clearTimeout(timer);
      fsyncSync(file);
      closeSync(file);
      lock.release();
    },
  };
}

function isStart(bytes: Buffer, genesisHash: Hex): boolean {
  const head = Buffer.concat([magic, hexBytes(genesisHash)]);
  return head.subarray(0, bytes.length).equals(bytes);
}

function verifyHead(bytes: Buffer, genesisHash: Hex, path: string): void {
  const known = bytes.length >= headLength && bytes.subarray(0, magic.length).equals(magic);
  const other = `0x${bytes.subarray(magic.length, headLength).toString('hex')}`;
  if (known && other === genesisHash) return;
  throw new ToolkitError({
    code: known ? 'EMBEDDED_STORE_OTHER_CHAIN' : 'EMBEDDED_STORE_DAMAGED',
    message: known
      ? `The folder holds the chain with genesis ${other}, not ${genesisHash}.`
      : 'The file is not a block log.',
    where: path,
    next: 'Start with the genesis that it was made with, or choose another --data-dir.',
    exitCode: 2,
  });
}

/**
 * Whole records from the start. A bad last one was being written when the process died, and zeros to the end are room
 * that the system had given when the machine died; anything else that is bad is damage.
 */
function readBlocks(bytes: Buffer, path: string) {
  const found: { raw: Hex; end: number }[] = [];
  let end = headLength;
  while (end + frameLength <= bytes.length) {
    const next = end + frameLength + bytes.readUInt32BE(end);
    if (next > bytes.length || bytes.subarray(end).every((byte) => byte === 0)) break;
    const body = bytes.subarray(end + frameLength, next);
    if (crc32(body) !== bytes.readUInt32BE(end + 4)) {
      if (next === bytes.length) break;
      throw new ToolkitError({
        code: 'EMBEDDED_STORE_DAMAGED',
        message: `Block ${found.length + 1} has a wrong checksum, and blocks follow it.`,
        where: `${path}: byte ${end}`,
        next: 'Restore the file, or choose another --data-dir.',
        exitCode: 2,
      });
    }
    found.push({ raw: `0x${body.toString('hex')}`, end: next });
    end = next;
  }
  return { found, end };
}

function hexBytes(hex: Hex): Buffer {
  return Buffer.from(hex.slice(2), 'hex');
}
