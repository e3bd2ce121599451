import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Options } from 'yargs';
import type { Command } from './command.js';
import { nouns } from './commands/nouns.js';
import { globalOptions } from './options.js';
import { packageRoot } from './package-root.js';

interface Place {
  readonly cwd: string;
  /** Words of the line up to the one that is being typed. */
  readonly words: readonly string[];
}

/**
 * What may stand at the last of some words: commands, options, and the values of options that have names: plans,
 * profiles, overlays, scenarios, studies, metrics, choices. Nothing is returned where only a file name fits; the shell completes
 * those.
 *
 * @param line Words after `masa`; the last one is being typed and may be empty.
 * @example await completeWords(['plan', 'sh'], { cwd: '.' }) // ['show']
 */
export async function completeWords(
  line: readonly string[],
  { cwd }: { readonly cwd: string },
): Promise<string[]> {
  // bash takes "--plan=ma" apart at the sign.
  const words = line.flatMap((word) => {
    if (word === '=') return [];
    const option = /^(--[a-z-]+)=(.*)$/.exec(word);
    return option === null ? [word] : [option[1]!, option[2]!];
  });
  if (line.at(-1) === '=') words.push('');
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const found = await candidates(before, typed, cwd);
  return [...new Set(found)].filter((word) => word.startsWith(typed));
}

async function candidates(before: readonly string[], typed: string, cwd: string) {
  const names = before.filter((word) => !word.startsWith('-'));
  const noun = nouns[names[0] ?? ''];
  if (noun === undefined) {
    if (names.length > 0) return [];
    return typed.startsWith('-') ? optionNames({}) : [...Object.keys(nouns), 'help'];
  }
  const single = noun.verbs[names[0]!] !== undefined && Object.keys(noun.verbs).length === 1;
  const load = noun.verbs[single ? names[0]! : (names[1] ?? '')];
  if (load === undefined) {
    if (names.length > 1) return [];
    return typed.startsWith('-') ? optionNames({}) : Object.keys(noun.verbs);
  }
  const { command } = await load();
  const place = { cwd, words: before };
  const options: Record<string, Options> = { ...globalOptions, ...command.options };
  const last = before.at(-1) ?? '';
  const option = last.startsWith('--') ? options[last.slice(2)] : undefined;
  if (option !== undefined && option.type !== 'boolean') {
    return valuesOf(last.slice(2), option, place);
  }
  if (typed.startsWith('-')) return optionNames(command.options);
  return positionalValues(command, before.slice(single ? 1 : 2), options, place);
}

function optionNames(options: Record<string, Options>): string[] {
  return Object.keys({ ...options, ...globalOptions, help: {} }).map((name) => `--${name}`);
}

async function positionalValues(
  // biome-ignore lint/suspicious/noExplicitAny: commands with different options
  command: Command<any>,
  words: readonly string[],
  options: Record<string, Options>,
  place: Place,
) {
  let at = 0;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    if (!word.startsWith('--')) at += 1;
    else if (options[word.slice(2)] !== undefined && options[word.slice(2)]!.type !== 'boolean') {
      index += 1;
    }
  }
  const name = command.command
    .split(' ')
    .slice(1)
    [at]?.replace(/[<>[\]]/g, '');
  if (name === undefined) return [];
  // Files of `masa plan` are plans; those of other nouns are the shell's to complete.
  const plan = place.words.find((word) => !word.startsWith('-')) === 'plan';
  return valuesOf(plan && /^(file|a|b)$/.test(name) ? 'plan' : name, command.positionals?.[name], {
    ...place,
  });
}

async function valuesOf(name: string, option: Options | undefined, place: Place) {
  if (option?.choices !== undefined) return option.choices.map(String);
  const values = valueLists[name];
  try {
    return values === undefined ? [] : await values(place);
  } catch {
    // Completion is no place for messages: a plan that cannot be read has no profiles to offer.
    return [];
  }
}

/** Named values by the name of their option or positional. */
const valueLists: Readonly<
  Record<string, (place: Place) => readonly string[] | Promise<string[]>>
> = {
  plan: ({ cwd }) => [...yamlNames(join(packageRoot(), 'genesis', 'plans')), ...yamlFiles(cwd)],
  profile: async (place) => [...(await choicesOfPlan(place)).profiles],
  overlay: async (place) => ['none', ...(await choicesOfPlan(place)).overlays],
  scenario: ({ cwd }) => [...yamlNames(join(packageRoot(), 'sim', 'scenarios')), ...yamlFiles(cwd)],
  study: ({ cwd }) => studies(cwd),
  run: ({ cwd }) => studies(cwd),
  metric: async () => (await import('../sim/model/metrics.js')).metrics.map(({ name }) => name),
  mine: () => ['instant', 'manual'],
  chart: (place) => chartIds(place),
};

async function choicesOfPlan({ cwd, words }: Place) {
  const { parsePlanText } = await import('../genesis/plan/parse-plan-text.js');
  const { planChoices } = await import('../genesis/plan/select-plan.js');
  const { readPlanText } = await import('./load-plan.js');
  const at = words.lastIndexOf('--plan');
  const named = at >= 0 ? words[at + 1] : words[0] === 'plan' ? words[2] : undefined;
  const plan = named === undefined || named.startsWith('-') ? 'masa' : named;
  const { text, file } = await readPlanText(plan, { cwd, packageRoot: packageRoot() });
  return planChoices(parsePlanText(text, file));
}

function studies(cwd: string): string[] {
  return readdirSync(resolve(cwd, '.masa', 'studies')).filter((name) => !name.startsWith('.'));
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
}

function yamlNames(folder: string): string[] {
  return yamlFiles(folder).map((name) => name.replace(/\.ya?ml$/, ''));
}

/** The report beside the working folder, or the one that stands on the line. */
function chartIds({ cwd, words }: Place): string[] {
  const folder = words.slice(2).find((word) => !word.startsWith('-')) ?? 'masa-report';
  return readdirSync(join(resolve(cwd, folder), 'charts'))
    .filter((name) => name.endsWith('.vl.json'))
    .map((name) => name.slice(0, -'.vl.json'.length));
}
