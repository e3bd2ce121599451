import yargs, { type Argv, type Options } from 'yargs';
import { type ExitCode, ToolkitError } from '../genesis/base/errors.js';
import { checkArguments } from './check-arguments.js';
import type { Command, CommandResult } from './command.js';
import { nouns } from './commands/nouns.js';
import { completeWords } from './complete-words.js';
import { type Context, nodeContext } from './context.js';
import { explainError } from './explain-error.js';
import { findCommand } from './find-command.js';
import { globalOptions } from './options.js';
import { errorJson, formatError, formatJson } from './output.js';
import { packageRoot } from './package-root.js';

export interface MainParameters {
  /** Receives standard output, text or JSON, without trailing newline. */
  readonly print: (text: string) => void;
  /** Receives errors. */
  readonly printError: (text: string) => void;
  readonly version: string;
  readonly signal: AbortSignal;
  /** Replaces the real context in tests. */
  readonly context?: Context;
}

/**
 * The command line as a function: parses, runs one command, prints its result, and returns the exit code.
 *
 * Exit codes: 0 ok, 1 failed check or operation, 2 bad usage or bad input, 3 node unreachable, 4 incomplete audit.
 *
 * @param argv Arguments without `node` and the script.
 */
export async function main(
  given: readonly string[],
  parameters: MainParameters,
): Promise<ExitCode> {
  // `masa help plan show` is what people type who know other tools.
  const argv = given[0] === 'help' ? [...given.slice(1), '--help'] : given;
  const json = argv.includes('--json');
  const quiet = argv.includes('--quiet');
  const verbose = argv.includes('--verbose');
  try {
    if (argv[0] === '--complete') {
      const found = await completeWords(argv.slice(1), { cwd: process.cwd() });
      if (found.length > 0) parameters.print(found.join('\n'));
      return 0;
    }
    if (!argv.some((word) => word === '--help' || word === '-h' || word === '--version')) {
      const { noun, verb, path, rest } = findCommand(argv);
      const { command } = await nouns[noun]!.verbs[verb]!();
      checkArguments(rest, path, command);
    }
    return await parseAndRun(argv, parameters, { json, quiet, verbose });
  } catch (error) {
    const explained = explainError(error);
    if (json) parameters.print(formatJson(errorJson(explained)));
    else parameters.printError(formatError(explained, verbose));
    return explained instanceof ToolkitError ? explained.exitCode : 1;
  }
}

interface Switches {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

async function parseAndRun(
  argv: readonly string[],
  parameters: MainParameters,
  { json, quiet, verbose }: Switches,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  // biome-ignore lint/suspicious/noExplicitAny: commands with different options go through one door
  const perform = async (command: Command<any>, parsed: Record<string, unknown>) => {
    const context =
      parameters.context ??
      (await nodeContext({
        packageRoot: packageRoot(),
        signal: parameters.signal,
        json,
        quiet,
        verbose,
      }));
    // biome-ignore lint/suspicious/noExplicitAny: yargs has checked the types that the options declare
    const work: Promise<CommandResult> = command.run(parsed as any, context);
    const result = await Promise.race([work, interruption(parameters.signal)]);
    if (json) parameters.print(formatJson(result.json));
    else if (!quiet && result.text !== '') parameters.print(result.text);
    exitCode = result.exitCode ?? 0;
  };

  const cli = yargs([...argv])
    .scriptName('masa')
    .usage(
      '$0 <command> [options]\n\nOne plan file becomes one genesis, one chain, one economy and one proof.',
    )
    .options(globalOptions as Record<string, Options>)
    .group(Object.keys(globalOptions), 'Everywhere:')
    // `--overlay local my.yaml` must not take the file for a second overlay.
    .parserConfiguration({ 'greedy-arrays': false, 'dot-notation': false })
    .strict()
    .demandCommand(1, 'Name a command.')
    .wrap(Math.min(110, (process.stdout.columns ?? Number(process.env.COLUMNS)) || 110))
    .version(parameters.version)
    .alias('h', 'help')
    .exitProcess(false)
    .showHelpOnFail(false)
    .epilogue(
      'First steps: masa demo. Exit codes: 0 ok, 1 failed, 2 bad input, 3 node unreachable, 4 incomplete.',
    )
    .fail((message, error) => {
      throw (
        error ?? new ToolkitError({ code: 'USAGE', message, next: 'See masa --help.', exitCode: 2 })
      );
    });

  for (const [name, noun] of Object.entries(nouns)) {
    const verbs = argv.includes(name)
      ? await Promise.all(Object.values(noun.verbs).map((load) => load()))
      : [];
    const single = verbs.length === 1 && Object.keys(noun.verbs)[0] === name;
    if (single) {
      addCommand(cli, verbs[0]!.command, perform);
      continue;
    }
    cli.command(
      name,
      noun.describe,
      (sub) => {
        for (const { command } of verbs) addCommand(sub, command, perform);
        return sub.demandCommand(1, `Name a command of masa ${name}.`).strict();
      },
      () => {},
    );
  }
  // With a callback yargs hands over help and version instead of printing them.
  let failure: unknown;
  await cli.parseAsync([...argv], {}, (error: unknown, _: unknown, output: string) => {
    failure = error;
    if (output !== '') parameters.print(output);
  });
  if (failure) throw failure;
  return exitCode;
}

/** Milliseconds that a command has to stop cleanly and say how to resume. */
const grace = 5_000;

/** Rejects when a command that was interrupted has not stopped by itself in time. */
function interruption(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const wait = () =>
      setTimeout(() => {
        reject(
          new ToolkitError({
            code: 'INTERRUPTED',
            message: 'The command was interrupted; files are whole or absent.',
            next: 'Run it again.',
          }),
        );
      }, grace).unref();
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true });
  });
}

function addCommand(
  cli: Argv,
  // biome-ignore lint/suspicious/noExplicitAny: see perform
  command: Command<any>,
  // biome-ignore lint/suspicious/noExplicitAny: see perform
  perform: (command: Command<any>, parsed: Record<string, unknown>) => Promise<void>,
): void {
  cli.command(
    command.command,
    command.describe,
    (sub) => {
      for (const [name, options] of Object.entries(command.positionals ?? {})) {
        // biome-ignore lint/suspicious/noExplicitAny: positionals take a subset of the option keys
        sub.positional(name, options as any);
      }
      sub.options(command.options as Record<string, Options>);
      for (const [line, explanation] of command.examples ?? []) sub.example(line, explanation);
      return sub.strict();
    },
    (parsed) => perform(command, parsed as Record<string, unknown>),
  );
}
