import { setTimeout as sleep } from 'node:timers/promises';
import { ToolkitError } from '../../../genesis/base/errors.js';
import type { LogLevel } from '../../../subnet/avalanchego/logs/parse-log.js';
import {
  type LogFilter,
  type NetworkLogEntry,
  readLogs,
} from '../../../subnet/avalanchego/logs/read-logs.js';
import type { CommandResult } from '../../command.js';
import type { Context } from '../../context.js';
import { loadNetwork } from './network-options.js';

interface Arguments {
  readonly dataDir: string;
  readonly node?: readonly string[] | undefined;
  readonly log?: readonly string[] | undefined;
  readonly level: LogLevel;
  readonly grep?: string | undefined;
  readonly since?: string | undefined;
  readonly lines: number;
  readonly follow: boolean;
  readonly json: boolean;
}

const pauseMilliseconds = 500;
/** The node reports its whole health in one line; --json has all of it. */
const mostCharacters = 800;

/** Reads, filters and writes the logs of a network; with `follow` until Ctrl-C. */
export async function showLogs(argv: Arguments, context: Context): Promise<CommandResult> {
  const { folder, network } = await loadNetwork(argv, context);
  const { manifest } = network;
  const names = manifest.nodes.map(({ name }) => name);
  for (const node of argv.node ?? []) {
    if (!names.includes(node))
      throw wrong('--node', `There is no node "${node}".`, names.join(', '));
  }
  const filter: LogFilter = {
    nodes: argv.node,
    logs: argv.log,
    level: argv.level,
    pattern: parsePattern(argv.grep),
    since: argv.since === undefined ? undefined : context.now() - parseDuration(argv.since),
  };
  if (!Number.isInteger(argv.lines) || argv.lines < 0)
    throw wrong('--lines', `${argv.lines} is not a number of lines.`, '0 or more');
  const all = await readLogs(folder, manifest, filter, context.now());
  const shown = argv.lines === 0 ? all : all.slice(-argv.lines);
  if (!argv.follow) return { json: shown.map(toJson), text: shown.map(format).join('\n') };

  const say = (entry: NetworkLogEntry) =>
    context.print(argv.json ? JSON.stringify(toJson(entry)) : format(entry));
  for (const entry of shown) say(entry);
  // Several logs are written at once: what is new may be earlier than what was shown last.
  let seen = new Set(all.map(keyOf));
  while (!context.signal.aborted) {
    await sleep(pauseMilliseconds, undefined, { signal: context.signal }).catch(() => undefined);
    const now = await readLogs(folder, manifest, filter, context.now());
    for (const entry of now) if (!seen.has(keyOf(entry))) say(entry);
    seen = new Set(now.map(keyOf));
  }
  return { json: { followed: true }, text: '' };
}

function keyOf({ time, node, log, text }: NetworkLogEntry): string {
  return `${time} ${node} ${log} ${text}`;
}

function format({ time, level, node, log, text }: NetworkLogEntry): string {
  const clock = new Date(time).toISOString().slice(11, 23);
  return `${clock} ${level.toUpperCase().padEnd(5)} ${node.padEnd(11)} ${log.padEnd(4)} ${text.slice(0, mostCharacters)}`;
}

function toJson({ time, ...entry }: NetworkLogEntry) {
  return { time: new Date(time).toISOString(), ...entry };
}

function parsePattern(text: string | undefined): RegExp | undefined {
  try {
    return text === undefined ? undefined : new RegExp(text, 'i');
  } catch (error) {
    throw wrong('--grep', (error as Error).message, 'a regular expression');
  }
}

/** Milliseconds of e.g. `90s`. */
function parseDuration(text: string): number {
  const match = /^(\d{1,6})([smhd])$/.exec(text);
  if (match === null) throw wrong('--since', `"${text}" is not a while.`, '90s, 10m, 2h, 1d');
  const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  return Number(match[1]) * units[match[2] as keyof typeof units];
}

function wrong(where: string, message: string, allowed: string): ToolkitError {
  return new ToolkitError({ code: 'USAGE', message, where, allowed, exitCode: 2 });
}
