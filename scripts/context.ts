import { homedir } from 'node:os';
import { join } from 'node:path';

/** A bar of work in progress; does nothing when the output is not a terminal, or with --quiet or --json. */
export interface Progress {
  update(done: number, note?: string): void;
  stop(): void;
}

/** Everything a command may touch of the outside; `main` builds it, tests hand in their own. */
export interface Context {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the installed package: plans, compiler inputs and fonts lie under it. */
  readonly packageRoot: string;
  /** Where the toolkit keeps caches: `$MASA_HOME`, else `~/.masa`. */
  readonly home: string;
  /** Aborted by Ctrl-C; long work stops cleanly and says how to resume. */
  readonly signal: AbortSignal;
  /** Whether people look at the error stream: progress bars are drawn there. */
  readonly interactive: boolean;
  /** Lines while work goes on (`subnet up`, `demo`), on standard output: a command that uses it minds --json itself. */
  print(text: string): void;
  /** Diagnostics on the error stream, only with --verbose. */
  log(message: string, data?: Record<string, unknown>): void;
  /** A progress bar with rate and time left for work of `total` units. */
  progress(label: string, total: number): Progress;
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface NodeContextParameters {
  readonly packageRoot: string;
  readonly signal: AbortSignal;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** The context of a real process. */
export async function nodeContext(parameters: NodeContextParameters): Promise<Context> {
  const interactive = process.stderr.isTTY === true && !parameters.quiet && !parameters.json;
  const bars = interactive ? await import('cli-progress') : undefined;
  const logger = parameters.verbose
    ? (await import('pino')).default({ base: null }, (await import('pino')).destination(2))
    : undefined;
  return {
    cwd: process.cwd(),
    env: process.env,
    packageRoot: parameters.packageRoot,
    home: process.env.MASA_HOME ?? join(homedir(), '.masa'),
    signal: parameters.signal,
    interactive,
    print(text) {
      if (!parameters.quiet) process.stdout.write(`${text}\n`);
    },
    log(message, data) {
      logger?.info(data ?? {}, message);
    },
    progress(label, total) {
      if (bars === undefined) return { update() {}, stop() {} };
      const bar = new bars.default.SingleBar({
        format: `${label} {bar} {percentage}% | {value}/{total} | {rate}/s | {eta_formatted} left {note}`,
        hideCursor: true,
        clearOnComplete: true,
        etaBuffer: 50,
      });
      const started = Date.now();
      bar.start(total, 0, { rate: '-', note: '' });
      return {
        update(done, note = '') {
          const seconds = (Date.now() - started) / 1000;
          bar.update(done, { rate: seconds > 0.2 ? (done / seconds).toPrecision(3) : '-', note });
        },
        stop() {
          bar.stop();
        },
      };
    },
    now: () => Date.now(),
  };
}
