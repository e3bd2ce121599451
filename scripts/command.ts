import type { ArgumentsCamelCase, InferredOptionTypes, Options } from 'yargs';
import type { ExitCode } from '../genesis/base/errors.js';
import type { Context } from './context.js';
import type { GlobalOptions } from './options.js';

export type CommandOptions = Readonly<Record<string, Options>>;

/** Parsed arguments of a command: its own options and positionals, and the global ones. */
export type CommandArguments<O extends CommandOptions> = ArgumentsCamelCase<
  InferredOptionTypes<O> & InferredOptionTypes<GlobalOptions>
>;

/** What a command hands back; `main` prints `text`, or `json` when `--json` was given. */
export interface CommandResult {
  /** Defaults to 0. */
  readonly exitCode?: ExitCode;
  /** For machines: plain data; bigint is written as a decimal string. */
  readonly json: unknown;
  /** For people: lines without trailing newline. */
  readonly text: string;
}

export interface Command<O extends CommandOptions = CommandOptions> {
  /** yargs command string of the verb with its positionals, e.g. `hash <file>`. */
  readonly command: string;
  /** One line for the help. */
  readonly describe: string;
  readonly options: O;
  /** Positionals named in `command`, described for the help. */
  readonly positionals?: Readonly<Record<string, Options>>;
  /** Pairs of command line and explanation. */
  readonly examples?: readonly (readonly [string, string])[];
  /** Imports its work lazily, does it, and returns; it neither prints nor exits. */
  run(
    argv: CommandArguments<O> & Record<string, unknown>,
    context: Context,
  ): Promise<CommandResult>;
}

/** Types a command from its options. */
export function defineCommand<const O extends CommandOptions>(command: Command<O>): Command<O> {
  return command;
}
