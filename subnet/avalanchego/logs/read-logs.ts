import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkManifest } from '../plan/network-manifest.js';
import type { NetworkFolder } from '../state/network-folder.js';
import { type LogEntry, type LogLevel, logLevels, parseLog } from './parse-log.js';

/** Only this much of the end of a file is read. */
const mostBytes = 4_000_000;

export interface LogFilter {
  /** Names of nodes; default all. */
  readonly nodes?: readonly string[] | undefined;
  /** `main`, `P`, `C`, `X`, `l1`, `vm-factory`; default all. */
  readonly logs?: readonly string[] | undefined;
  /** Least severity; default `info`. */
  readonly level?: LogLevel | undefined;
  readonly pattern?: RegExp | undefined;
  /** Milliseconds since the epoch; entries before it are left out. */
  readonly since?: number | undefined;
}

export interface NetworkLogEntry extends LogEntry {
  readonly node: string;
  /** Name of the log; `l1` for the log of the L1's chain. */
  readonly log: string;
}

/**
 * Entries of the logs of all nodes that a filter lets through, in the order of their times.
 *
 * @param now milliseconds since the epoch.
 */
export async function readLogs(
  folder: NetworkFolder,
  manifest: NetworkManifest,
  filter: LogFilter,
  now: number,
): Promise<readonly NetworkLogEntry[]> {
  const least = logLevels.indexOf(filter.level ?? 'info');
  const entries: NetworkLogEntry[] = [];
  for (const { name: node } of manifest.nodes) {
    if (filter.nodes !== undefined && !filter.nodes.includes(node)) continue;
    const logs = join(folder.node(node), 'logs');
    for (const file of await readdir(logs).catch(() => [])) {
      const name = /^(.*)\.log$/.exec(file)?.[1];
      if (name === undefined) continue;
      const log = name === manifest.blockchainId ? 'l1' : name;
      if (filter.logs !== undefined && !filter.logs.includes(log)) continue;
      for (const entry of parseLog(await readEnd(join(logs, file)), now)) {
        if (logLevels.indexOf(entry.level) < least) continue;
        if (filter.since !== undefined && entry.time < filter.since) continue;
        if (filter.pattern !== undefined && !filter.pattern.test(entry.text)) continue;
        entries.push({ ...entry, node, log });
      }
    }
  }
  return entries.sort((a, b) => a.time - b.time);
}

/** The end of a file, from the start of a line. */
async function readEnd(path: string): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const length = Math.min(size, mostBytes);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const text = buffer.toString('utf8');
    return length < size ? text.slice(text.indexOf('\n') + 1) : text;
  } finally {
    await file.close();
  }
}
