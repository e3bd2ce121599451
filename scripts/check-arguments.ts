import { parseArgs } from 'node:util';
import type { Options } from 'yargs';
import { ToolkitError } from '../genesis/base/errors.js';
import { nearestWord } from '../genesis/plan/nearest-word.js';
import type { Command } from './command.js';
import { globalOptions } from './options.js';

/**
 * Checks the arguments of one command before yargs reads them, because yargs takes without a word what nobody means: a
 * scalar given twice, an option without its value, a number in letters, `--force=maybe`.
 *
 * @param argv Arguments after the names of noun and verb.
 * @param path Names of noun and verb, for messages.
 * @throws ToolkitError `USAGE` (exit 2) for the first fault.
 */
export function checkArguments(
  argv: readonly string[],
  path: string,
  // biome-ignore lint/suspicious/noExplicitAny: commands with different options are checked alike
  command: Command<any>,
): void {
  const options: Record<string, Options> = { ...globalOptions, ...command.options };
  const refuse = (message: string, more: { allowed?: string; next?: string } = {}) => {
    const next = more.next ?? `See masa ${path} --help.`;
    const where = `masa ${path}`;
    return new ToolkitError({ code: 'USAGE', message, where, ...more, next, exitCode: 2 });
  };
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { type }]) => [
        name,
        { type: type === 'boolean' ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  const seen = new Map<string, number>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { rawName, value } = token;
    const name = options[token.name] === undefined ? token.name.replace(/^no-/, '') : token.name;
    const negated = name !== token.name;
    const option = options[name];
    if (option === undefined || (negated && option.type !== 'boolean')) {
      const near = nearestWord(token.name, Object.keys(options));
      const next = near === undefined ? undefined : `Did you mean --${near}?`;
      throw refuse(`There is no option ${rawName}.`, {
        allowed: Object.keys(options)
          .map((known) => `--${known}`)
          .join(', '),
        ...(next !== undefined && { next }),
      });
    }
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    if (times > 1 && option.array !== true) {
      throw refuse(`--${name} is given more than once.`, { allowed: `--${name} once` });
    }
    if (option.type === 'boolean') {
      if (value === undefined || value === 'true' || value === 'false') continue;
      throw refuse(`${rawName}=${value} is neither on nor off.`, {
        allowed: `--${name} or --no-${name}`,
      });
    }
    checkValue(name, option, value, token.inlineValue === true, refuse);
  }
  checkPositionals(words, command, path, refuse);
}

type Refuse = (message: string, more?: { allowed?: string; next?: string }) => ToolkitError;

function checkValue(
  name: string,
  option: Options,
  value: string | undefined,
  inline: boolean,
  refuse: Refuse,
): void {
  const choices = option.choices?.map(String);
  if (value === undefined || value === '' || (!inline && value.startsWith('--'))) {
    const allowed = choices?.join(', ') ?? (option.type === 'number' ? 'a number' : undefined);
    throw refuse(`--${name} has no value.`, allowed === undefined ? {} : { allowed });
  }
  if (choices !== undefined && !choices.includes(value)) {
    const near = nearestWord(value, choices);
    throw refuse(`--${name} "${shorten(value)}" is not known.`, {
      allowed: choices.join(', '),
      ...(near !== undefined && { next: `Did you mean ${near}?` }),
    });
  }
  if (option.type !== 'number') return;
  // Beyond 2^53 a number would be another one than was typed.
  if (/^-?\d+(\.\d+)?$/.test(value) && Math.abs(Number(value)) <= Number.MAX_SAFE_INTEGER) return;
  throw refuse(`--${name} "${shorten(value)}" is not a number that can be used.`, {
    allowed: `decimal digits, at most ${Number.MAX_SAFE_INTEGER}`,
  });
}

function checkPositionals(
  words: readonly string[],
  // biome-ignore lint/suspicious/noExplicitAny: see checkArguments
  command: Command<any>,
  path: string,
  refuse: Refuse,
): void {
  const places = command.command.split(' ').slice(1);
  const missing = places.slice(words.length).find((place) => place.startsWith('<'));
  if (missing !== undefined) {
    const about = command.positionals?.[missing.slice(1, -1)]?.describe;
    throw refuse(`masa ${path} needs ${missing}.`, {
      ...(about !== undefined && { allowed: about }),
      next: `masa ${path} ${places.join(' ')}`,
    });
  }
  const empty = words.indexOf('');
  if (empty >= 0 && empty < places.length) throw refuse(`${places[empty]} is empty.`);
  for (const [index, place] of places.entries()) {
    const choices = command.positionals?.[place.slice(1, -1)]?.choices?.map(String);
    const word = words[index];
    if (word === undefined || choices === undefined || choices.includes(word)) continue;
    const near = nearestWord(word, choices);
    throw refuse(`${place} "${shorten(word)}" is not known.`, {
      allowed: choices.join(', '),
      ...(near !== undefined && { next: `Did you mean ${near}?` }),
    });
  }
  const extra = words[places.length];
  if (extra === undefined) return;
  throw refuse(`"${shorten(extra)}" is one argument too many.`, {
    allowed: `masa ${[path, ...places].join(' ')} [options]`,
  });
}

/** A value for a message: whole when it is short. */
function shorten(value: string): string {
  return value.length > 80 ? `${value.slice(0, 60)}… (${value.length} characters)` : value;
}
