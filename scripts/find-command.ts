import { ToolkitError } from '../genesis/base/errors.js';
import { nearestWord } from '../genesis/plan/nearest-word.js';
import { nouns } from './commands/nouns.js';
import { globalOptions } from './options.js';

export interface FoundCommand {
  readonly noun: string;
  readonly verb: string;
  /** `noun verb`, or the noun alone where it is the command. */
  readonly path: string;
  /** Arguments after the names. */
  readonly rest: readonly string[];
}

/**
 * Which command an argument list names; nothing but the global switches may stand before or between the names.
 *
 * @throws ToolkitError `USAGE` (exit 2) with the nearest name.
 * @example findCommand(['plan', 'show', '--json']).path // 'plan show'
 */
export function findCommand(argv: readonly string[]): FoundCommand {
  const words = [...argv];
  const switches: string[] = [];
  const take = (missing: string, known: readonly string[]): string => {
    while (words[0]?.startsWith('-')) switches.push(verifySwitch(words.shift()!));
    const word = words.shift();
    if (word !== undefined && word !== '') return word;
    throw usage(missing, known.join(', '));
  };
  const noun = take('Name a command.', Object.keys(nouns));
  const verbs = nouns[noun]?.verbs;
  if (verbs === undefined) throw unknownNoun(noun);
  const names = Object.keys(verbs);
  if (names.length === 1 && names[0] === noun) {
    return { noun, verb: noun, path: noun, rest: [...switches, ...words] };
  }
  const verb = take(`Name a command of masa ${noun}.`, names);
  if (verbs[verb] === undefined) {
    const near = nearestWord(verb, names);
    throw usage(
      `There is no command masa ${noun} ${verb}.`,
      names.join(', '),
      near === undefined ? `See masa ${noun} --help.` : `Did you mean masa ${noun} ${near}?`,
    );
  }
  return { noun, verb, path: `${noun} ${verb}`, rest: [...switches, ...words] };
}

function verifySwitch(word: string): string {
  const name = /^--(?:no-)?([a-z]+)(?:=(?:true|false))?$/.exec(word)?.[1];
  if (name !== undefined && Object.hasOwn(globalOptions, name)) return word;
  throw usage(
    `${word} stands before the command.`,
    'the command first, then its options',
    'See masa --help.',
  );
}

function unknownNoun(noun: string): ToolkitError {
  const names = Object.keys(nouns);
  // A verb alone is a common slip: masa build.
  const homes = names.filter((name) => nouns[name]!.verbs[noun] !== undefined);
  const near = nearestWord(noun, names);
  const meant =
    homes.length > 0
      ? homes.map((name) => `masa ${name} ${noun}`).join(', ')
      : near && `masa ${near}`;
  return usage(
    `There is no command masa ${noun}.`,
    names.join(', '),
    meant ? `Did you mean ${meant}?` : 'See masa --help.',
  );
}

function usage(message: string, allowed: string, next = 'See masa --help.'): ToolkitError {
  return new ToolkitError({ code: 'USAGE', message, allowed, next, exitCode: 2 });
}
