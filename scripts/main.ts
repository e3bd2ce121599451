import yargs, { type Argv, type Options } from 'yargs';
import { type ExitCode, ToolkitError } from '../genesis/base/errors.js';
import type { Command, CommandResult } from './command.js';
import { nouns } from './commands/nouns.js';
import { type Context, nodeContext } from './context.js';
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
export async function main(argv: readonly string[], parameters: MainParameters): Promise<ExitCode> {
  const json = argv.includes('--json');
  const quiet = argv.includes('--quiet');
  const verbose = argv.includes('--verbose');
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
    const result: CommandResult = await command.run(parsed as any, context);
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
    .strict()
    .recommendCommands()
    .demandCommand(1, 'Name a command.')
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .version(parameters.version)
    .alias('h', 'help')
    .exitProcess(false)
    .showHelpOnFail(false)
    .completion('completion', 'Print a shell completion script')
    .epilogue(
      'First steps: masa demo. Exit codes: 0 ok, 1 failed, 2 bad input, 3 node unreachable, 4 incomplete.',
    )
    .fail((message, error) => {
      throw (
        error ?? new ToolkitError({ code: 'USAGE', message, next: 'See masa --help.', exitCode: 2 })
      );
    });

  const completing = argv.includes('--get-yargs-completions');
  for (const [name, noun] of Object.entries(nouns)) {
    const wanted = completing || argv.includes(name);
    const verbs = wanted ? await Promise.all(Object.values(noun.verbs).map((load) => load())) : [];
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

  try {
    await cli.parseAsync();
  } catch (error) {
    if (json) parameters.print(formatJson(errorJson(error)));
    else parameters.printError(formatError(error, verbose));
    return error instanceof ToolkitError ? error.exitCode : 1;
  }
  return exitCode;
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
