/** What a command's process returns: 0 ok, 1 failed check or operation, 2 bad usage or input, 3 node unreachable, 4 incomplete. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export interface ToolkitErrorParameters {
  /** Stable, upper-case, prefixed by the room, e.g. `PLAN_UNKNOWN_KEY`. Tests and scripts match on it. */
  code: string;
  /** What is wrong, in one sentence, with the offending value. */
  message: string;
  /** Where: file, path inside it, line, URL, account, block. */
  where?: string | undefined;
  /** Which values would have been accepted. */
  allowed?: string | undefined;
  /** What to do next: a command or an edit. */
  next?: string | undefined;
  /** Defaults to 1; use 2 for bad usage or input, 3 for an unreachable node, 4 for an incomplete audit. */
  exitCode?: ExitCode | undefined;
  /** More findings of the same kind, when all problems of a file are reported together. */
  problems?: readonly Problem[] | undefined;
  cause?: unknown;
}

/** One located problem of an input file. */
export interface Problem {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly line?: number | undefined;
  readonly allowed?: string | undefined;
  readonly next?: string | undefined;
}

/**
 * The one error class of the toolkit: what, where, allowed, next, and a stable code.
 *
 * @example
 * throw new ToolkitError({ code: 'PLAN_UNKNOWN_KEY', message: 'Unknown key "suply".', where: 'plan.yaml: token.suply', next: 'Did you mean "supply"?', exitCode: 2 });
 */
export class ToolkitError extends Error {
  override readonly name = 'ToolkitError';
  readonly code: string;
  readonly where: string | undefined;
  readonly allowed: string | undefined;
  readonly next: string | undefined;
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];

  constructor(parameters: ToolkitErrorParameters) {
    super(
      parameters.message,
      parameters.cause === undefined ? undefined : { cause: parameters.cause },
    );
    this.code = parameters.code;
    this.where = parameters.where;
    this.allowed = parameters.allowed;
    this.next = parameters.next;
    this.exitCode = parameters.exitCode ?? 1;
    this.problems = parameters.problems ?? [];
  }
}
