import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { endProcesses } from './end-processes.js';
import { isNodeProcess } from './find-processes.js';
import { waitUntil } from './wait-until.js';

export interface RunningNode {
  readonly pid: number;
  /** Base URL, e.g. `http://127.0.0.1:40031`. */
  readonly uri: string;
  /** Where other nodes reach it, e.g. `127.0.0.1:40032`. */
  readonly stakingAddress: string;
  readonly folder: string;
  /** Ends the node cleanly (SIGTERM) and waits for it; kills it after 20 seconds. */
  stop(): Promise<void>;
}

/**
 * Starts the node of a folder and returns at once. The process is independent of this one: it lives on when this one
 * dies, and whoever knows the folder can find and end it. Its own output goes to `output.log`.
 *
 * @returns the process ID.
 * @throws ToolkitError NODE_START_FAILED when the program cannot be started.
 */
export async function spawnNode(binary: string, folder: string): Promise<number> {
  const output = openSync(join(folder, 'output.log'), 'w', 0o600);
  try {
    const child = spawn(binary, ['--config-file', join(folder, 'config.json')], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', output, output],
      env: { ...process.env, TZ: 'UTC' }, // times in the logs are then the same everywhere
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    return child.pid!;
  } catch (cause) {
    throw startFailed(binary, folder, (cause as Error).message, cause);
  } finally {
    closeSync(output);
  }
}

/**
 * Waits until a node's API answers (about a second); its chains may need longer. Works for any living node of a folder,
 * whoever started it.
 *
 * @throws ToolkitError NODE_START_FAILED with the last lines of its output when it ends, NODE_TIMEOUT.
 */
export async function awaitNode(pid: number, folder: string): Promise<RunningNode> {
  let about: { pid?: number; uri?: string; stakingAddress?: string } = {};
  await waitUntil('the node writes process.json', 30_000, async () => {
    const text = await readFile(join(folder, 'process.json'), 'utf8').catch(() => '');
    about = parse(text);
    if (about.pid === pid && about.uri !== undefined) return true;
    if (!isNodeProcess(pid, folder))
      throw startFailed('AvalancheGo', folder, await lastOutput(folder));
    return false;
  });
  return {
    pid,
    uri: about.uri!,
    stakingAddress: about.stakingAddress ?? '',
    folder,
    stop: async () => void (await endProcesses(folder)),
  };
}

/** The API of a node as it wrote it down itself; undefined when it has not, or not yet. */
export async function readUri(folder: string): Promise<string | undefined> {
  return parse(await readFile(join(folder, 'process.json'), 'utf8').catch(() => '')).uri;
}

/** What a node said last: on its own output, else the last fatal line of its log. */
export async function lastOutput(folder: string): Promise<string> {
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '');
  const output = (await read('output.log')).trim().split('\n').slice(-5).join(' | ');
  if (output !== '') return output.slice(-600);
  const fatal = (await read('logs/main.log')).split('\n').filter((line) => / FATAL /.test(line));
  return fatal.at(-1)?.slice(0, 600) ?? 'no output';
}

function parse(text: string): { pid?: number; uri?: string; stakingAddress?: string } {
  try {
    return JSON.parse(text) as { pid: number };
  } catch {
    return {}; // not there, or half written
  }
}

function startFailed(where: string, folder: string, why: string, cause?: unknown): ToolkitError {
  return new ToolkitError({
    code: 'NODE_START_FAILED',
    message: `AvalancheGo ended at once: ${why}`,
    where,
    next: `Look into ${join(folder, 'logs')}.`,
    cause,
  });
}
