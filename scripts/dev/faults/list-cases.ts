import type { Options } from 'yargs';
import type { Command } from '../../command.js';
import { nouns } from '../../commands/nouns.js';
import { globalOptions } from '../../options.js';
import { argumentKind, badNumbers, noNumbers } from './argument-kinds.js';
import { badValues } from './bad-values.js';

export interface FaultCase {
  /** Noun and verb. */
  readonly path: string;
  /** Which argument is bad, and how. */
  readonly fault: string;
  /** Arguments after `masa`; `@name` stands for a file of the fault world. */
  readonly argv: readonly string[];
  /** Allowed exit codes. */
  readonly exit: readonly number[];
}

/** Arguments with which a command gets as far as the argument under test; `@name` as above. */
const goodArguments: Readonly<Record<string, readonly string[]>> = {
  'plan compare': ['masa', 'neutral'],
  'plan init': ['new.yaml'],
  'genesis lint': ['@genesis'],
  'genesis hash': ['@genesis'],
  'genesis diff': ['@genesis', '@genesis'],
  'subnet up': ['--port', '0'],
  'deploy status': ['--out', '@deployment', '--rpc', '@rpc-good'],
  'deploy resume': ['--out', '@deployment', '--rpc', '@rpc-good'],
  'deploy run': ['--rpc', '@rpc-good'],
  'sim run': ['--days', '2', '--scale', '100000', '--workers', '1'],
  'sim resume': ['@study'],
  'sim compare': ['@study'],
  'sim show': ['@study'],
  'sim sql': ['@study', 'SELECT 1'],
  'sim export': ['@study'],
  'report export': ['@report'],
  'report open': ['@report', '--no-browser'],
  'audit deployment': ['--manifest', '@manifest', '--rpc', '@rpc-good', '--timeout', '1'],
  demo: ['--days', '2', '--scale', '100000', '--runs', '2'],
};

/** Where one option needs more than the others. */
const goodBeside: Readonly<Record<string, readonly string[]>> = {
  'genesis explain --upgrade': ['@genesis'],
  ...Object.fromEntries(
    ['profile', 'overlay', 'set'].map((name) => [
      `audit deployment --${name}`,
      ['--manifest', '@manifest', '--rpc', '@rpc-good', '--timeout', '1', '--plan', 'masa'],
    ]),
  ),
  'subnet up --upgrade': ['--port', '0', '--genesis', '@genesis'],
};

/** What a check that fails returns instead of an error. */
const checkExits: Readonly<Record<string, readonly number[]>> = { 'genesis lint': [1, 2] };

/** Every fault of every command, in a fixed order. */
export async function listCases(): Promise<{
  readonly cases: readonly FaultCase[];
  /** Arguments that stand in no table. */
  readonly unknown: readonly string[];
}> {
  const cases: FaultCase[] = [];
  const unknown: string[] = [];
  for (const [noun, { verbs }] of Object.entries(nouns)) {
    for (const [verb, load] of Object.entries(verbs)) {
      const path = noun === verb ? noun : `${noun} ${verb}`;
      const { command } = await load();
      cases.push(...commandCases(path, command, unknown));
    }
  }
  return { cases, unknown };
}

function commandCases(
  path: string,
  // biome-ignore lint/suspicious/noExplicitAny: commands with different options are tried alike
  command: Command<any>,
  unknown: string[],
): FaultCase[] {
  const cases: FaultCase[] = [];
  const names = path.split(' ');
  const good = goodArguments[path] ?? [];
  const places = command.command.split(' ').slice(1);
  const add = (fault: string, rest: readonly string[], exit: readonly number[] = [2]) =>
    cases.push({ path, fault, argv: [...names, ...rest], exit });

  add('unknown option', [...good, '--bogus']);
  add('one argument too many', [...padded(good, places), 'more']);
  if (places.some((place) => place.startsWith('<'))) add('missing argument', []);
  const options: Record<string, Options> = { ...globalOptions, ...command.options };
  for (const [name, option] of Object.entries(options)) {
    const flag = `--${name}`;
    add(`misspelt option`, [...good, `--${name.slice(0, -1)}`]);
    const value = option.choices?.[0] ?? '1';
    const others = without(goodBeside[`${path} ${flag}`] ?? good, flag);
    if (option.type === 'boolean') {
      add('switch with a value', [...good, `${flag}=maybe`]);
      // These two change how the answer is printed.
      if (name !== 'json' && name !== 'verbose') add('option given twice', [...good, flag, flag]);
      continue;
    }
    add('option without a value', [...others, flag]);
    add('option with an empty value', [...others, `${flag}=`]);
    if (!option.array) {
      add('option given twice', [...others, flag, String(value), flag, String(value)]);
    }
    if (option.choices !== undefined) add('unknown choice', [...others, flag, 'nonsense']);
    else if (option.type === 'number') {
      const bad = badNumbers[name];
      if (bad === undefined) unknown.push(`${path} ${flag}`);
      for (const text of noNumbers) add('no number', [...others, `${flag}=${text}`]);
      for (const text of bad ?? []) add(`number out of range`, [...others, `${flag}=${text}`]);
    } else addValues(flag, (text) => [...others, flag, text]);
  }
  for (const [index, place] of places.entries()) {
    const name = place.slice(1, -1);
    if (command.positionals?.[name]?.choices !== undefined) {
      add('unknown choice', ['nonsense']);
      continue;
    }
    addValues(`<${name}>`, (text) => {
      const all = padded(good, places);
      return all.with(index, text);
    });
  }
  return cases;

  function addValues(name: string, argvOf: (text: string) => readonly string[]) {
    const kind = argumentKind(path, name);
    if (kind === undefined) unknown.push(`${path} ${name}`);
    for (const { fault, value, exit } of kind === undefined ? [] : badValues[kind]) {
      // The audit of a chain that answers wrongly is whole work, with tests of its own; and an empty upgrade.json is none.
      const whole = path.startsWith('audit') ? /^@(rpc-other|empty$)/ : /^@empty$/;
      const works = path.startsWith('audit')
        ? name !== '--manifest'
        : path === 'subnet up' && name === '--upgrade';
      if (works && whole.test(value)) continue;
      add(`${kind}: ${fault}`, argvOf(value), exit ?? checkExits[path] ?? [2]);
    }
  }
}

/** Good arguments with every positional filled in, positionals first. */
function padded(good: readonly string[], places: readonly string[]): string[] {
  const first = good.findIndex((word) => word.startsWith('--'));
  const words = first < 0 ? [...good] : good.slice(0, first);
  while (words.length < places.length) words.push('masa');
  return [...words, ...(first < 0 ? [] : good.slice(first))];
}

function without(good: readonly string[], flag: string): readonly string[] {
  const at = good.indexOf(flag);
  return at < 0 ? good : good.filter((_, index) => index !== at && index !== at + 1);
}
