import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import { SUBNET_EVM_ID } from '../network/vm-id.js';

/** A living process of a network. */
export interface NodeProcess {
  readonly pid: number;
  readonly kind: 'node' | 'plugin';
  /** Data folder of the node that it is or belongs to. */
  readonly folder: string;
}

/**
 * Every living process whose node keeps its data in or below a folder. Looks at the processes themselves: a file
 * with a process ID may be missing or stale, and the number may belong to somebody else by now.
 *
 * A node is known by the configuration file on its command line, a plugin by its program and working folder. Without
 * `/proc` (macOS) plugins are not found; they end with their node.
 *
 * @param folder absolute, without symbolic links.
 */
export function findProcesses(folder: string): readonly NodeProcess[] {
  const found: NodeProcess[] = [];
  const add = (pid: number, kind: NodeProcess['kind'], place: string | undefined) => {
    if (place !== undefined && (place === folder || place.startsWith(folder + sep)))
      found.push({ pid, kind, folder: place });
  };
  for (const { pid, argv } of listProcesses()) {
    add(pid, 'node', configFolder(argv));
    if (basename(argv[0] ?? '') === SUBNET_EVM_ID) add(pid, 'plugin', workingFolder(pid));
  }
  return found;
}

/** Whether this process is the node of that data folder, still. */
export function isNodeProcess(pid: number, folder: string): boolean {
  return configFolder(readArguments(pid) ?? []) === folder;
}

function configFolder(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--config-file');
  const file = at === -1 ? undefined : argv[at + 1];
  return file === undefined ? undefined : dirname(file);
}

function* listProcesses(): Iterable<{ readonly pid: number; readonly argv: readonly string[] }> {
  if (process.platform !== 'linux') {
    for (const line of ps(['-axo', 'pid=,command='])) {
      const match = /^\s*(\d+) (.*)$/.exec(line);
      if (match !== null) yield { pid: Number(match[1]), argv: splitCommand(match[2]!) };
    }
    return;
  }
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const argv = readArguments(Number(name));
    if (argv !== undefined) yield { pid: Number(name), argv };
  }
}

/** Empty for a process that has ended but was not yet fetched by its parent. */
function readArguments(pid: number): readonly string[] | undefined {
  if (process.platform !== 'linux')
    return ps(['-o', 'command=', '-p', String(pid)]).map(splitCommand)[0];
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return undefined; // ended meanwhile, or another user's
  }
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, '');
  } catch {
    return undefined;
  }
}

/** The configuration file is the last argument, so that it may hold spaces. */
function splitCommand(command: string): readonly string[] {
  const [program = '', file] = command.split(' --config-file ');
  return file === undefined ? [program] : [program, '--config-file', file];
}

function ps(args: readonly string[]): readonly string[] {
  try {
    return execFileSync('ps', args, { encoding: 'utf8' }).split('\n');
  } catch {
    return [];
  }
}
