// Keeps swc's native module loaded while worker threads that use it come and go.
import '@swc/core';
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../context.js';
import { main } from '../../main.js';
import { packageRoot } from '../../package-root.js';
import { type FaultWorld, makeFaultWorld } from './fault-world.js';
import { formatFaults, type Outcome } from './format-faults.js';
import { listCases } from './list-cases.js';

/** No command may take longer to refuse, in milliseconds; a chain that hangs is given up after the time set below. */
const patience = 20_000;
const { cases, unknown } = await listCases();
const outcomes: Outcome[] = [];
let folder: string;
let cwd: string;
let world: FaultWorld;

async function run(argv: readonly string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const abort = new AbortController();
  const slow = setTimeout(() => abort.abort(), patience);
  const context: Context = {
    cwd,
    env: {},
    packageRoot: packageRoot(),
    home: join(folder, 'home'),
    signal: abort.signal,
    interactive: false,
    print: (text) => out.push(text),
    log() {},
    progress: () => ({ update() {}, stop() {} }),
    now: () => Date.now(),
  };
  const exitCode = await main(argv, {
    print: (text) => out.push(text),
    printError: (text) => errors.push(text),
    version: '0',
    signal: abort.signal,
    context,
  });
  clearTimeout(slow);
  return { exitCode, out: out.join('\n'), errors: errors.join('\n'), slow: abort.signal.aborted };
}

/** Every file under a folder with its size and the time of its last change. */
function listFiles(path: string): Record<string, string> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const about = lstatSync(join(path, name));
      return [name, about.isFile() ? `${about.size} ${about.mtimeMs}` : 'no file'];
    }),
  );
}

beforeAll(async () => {
  process.env.MASA_RPC_TIMEOUT = '0.3';
  folder = mkdtempSync(join(tmpdir(), 'masa faults '));
  cwd = join(folder, 'cwd');
  mkdirSync(cwd);
  mkdirSync(join(folder, 'world'));
  world = await makeFaultWorld(join(folder, 'world'), async (argv) => {
    const result = await run(argv);
    expect(result, argv.join(' ')).toMatchObject({ exitCode: 0, errors: '' });
  });
}, 120_000);
afterAll(async () => {
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the fault matrix', () => {
  it('knows what every argument of every command names', () => {
    // A new argument goes into the tables of argument-kinds.ts.
    expect(unknown).toEqual([]);
  });

  it.each([...new Set(cases.map(({ path }) => path))])(
    'masa %s says what is wrong, and leaves nothing behind',
    async (path) => {
      const faults: string[] = [];
      const seen = new Set<string>();
      for (const { argv, fault, exit } of cases.filter((one) => one.path === path)) {
        if (process.env.FAULT_LOG !== undefined) {
          appendFileSync(process.env.FAULT_LOG, `${Date.now()} ${argv.join(' ').slice(0, 100)}\n`);
        }
        const before = listFiles(folder);
        const line = argv.map((word) => world.find(word));
        const text = await run(line);
        // The same error object gives both forms, so each code of a command is asked for as JSON once.
        const code = /^error (\w+):/.exec(text.errors)?.[1];
        const json =
          code !== undefined && seen.has(code) ? undefined : await run([...line, '--json']);
        const note = (what: string) => {
          faults.push(`${argv.join(' ')}: ${what}`);
          if (process.env.FAULT_LOG !== undefined)
            appendFileSync(process.env.FAULT_LOG, `  ${faults.at(-1)}\n`);
        };
        const after = listFiles(folder);
        const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
          (name) => before[name] !== after[name] && !name.startsWith('home'),
        );
        if (changed.length > 0) note(`left ${changed}`);
        judge(text, json, exit, note);
        if (code !== undefined) seen.add(code);
        outcomes.push({ path, fault, code, exit: text.exitCode });
      }
      expect(faults).toEqual([]);
    },
    300_000,
  );

  it('is counted, and written down when asked', () => {
    const commands = new Set(outcomes.map(({ path }) => path)).size;
    console.log(`${outcomes.length} faults over ${commands} commands`);
    if (process.env.WRITE_FAULTS === '1') {
      writeFileSync(join(packageRoot(), 'scripts/FAULTS.md'), formatFaults(outcomes));
    }
  });
});

type Result = Awaited<ReturnType<typeof run>>;

/** Notes everything that is wrong with how a fault was told. */
function judge(
  text: Result,
  json: Result | undefined,
  exit: readonly number[],
  note: (what: string) => void,
): void {
  if (text.slow) note('took too long');
  if (!exit.includes(text.exitCode))
    note(`exit ${text.exitCode}, ${text.errors || text.out.slice(0, 300)}`);
  if (/^\s+at .*:\d+/m.test(text.errors + text.out)) note('shows a stack trace');
  if (text.errors.length > 3000) note(`${text.errors.length} characters of error`);
  if (text.errors.startsWith('error INTERNAL')) note(text.errors);
  if (text.errors !== '' && text.out !== '') note(`wrote to the output: ${text.out.slice(0, 100)}`);
  if (json === undefined) return;
  if (json.exitCode !== text.exitCode)
    note(`exit ${json.exitCode} with --json, ${text.exitCode} without`);
  if (json.errors !== '') note(`--json wrote to the error stream: ${json.errors}`);
  let error: Record<string, unknown> | undefined;
  try {
    error = JSON.parse(json.out).error;
  } catch {
    note(`no JSON document: ${json.out.slice(0, 200)}`);
    return;
  }
  // A check that fails, or a chain that is down, is a result with findings and not an error.
  if (error === undefined) {
    if (text.out === '') note('neither an error nor a result');
    return;
  }
  const { code, message, where, allowed, next, problems } = error;
  if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(String(code))) note(`code ${code}: ${message}`);
  if (typeof message !== 'string' || message === '') note('no message');
  if (where === undefined && problems === undefined) note(`${code} without a place`);
  if (next === undefined && allowed === undefined && problems === undefined)
    note(`${code} without advice`);
  if (!text.errors.startsWith(`error ${code}: `)) note(`another error as text: ${text.errors}`);
}
