#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainError } from './explain-error.js';
import { main } from './main.js';
import { formatError } from './output.js';
import { packageRoot } from './package-root.js';

const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
  version: string;
};
const verbose = process.argv.includes('--verbose');
/** What goes wrong outside of a command's promise: in a callback, a socket, a stream. */
function fail(error: unknown): never {
  process.stderr.write(`${formatError(explainError(error), verbose)}\n`);
  process.exit(1);
}
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has what it wanted: masa plan show | head.
    if (error.code === 'EPIPE') process.exit();
    if (stream === process.stdout) fail(error);
    process.exit(1);
  });
}
const abort = new AbortController();
let interrupts = 0;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    interrupts += 1;
    if (interrupts > 1) process.exit(130);
    abort.abort();
  });
}
process.exitCode = await main(process.argv.slice(2), {
  print: (text) => process.stdout.write(`${text}\n`),
  printError: (text) => process.stderr.write(`${text}\n`),
  version,
  signal: abort.signal,
});
// A command that was interrupted may have left timers and sockets behind.
if (abort.signal.aborted) process.exit();
