import { main } from '../main.js';

/**
 * Runs `masa` within the process, for tests.
 *
 * @param more What replaces the defaults, such as a context with a folder of its own.
 * @returns The exit code and what went to either side.
 * @example await runMasa(['plan', 'check', 'masa.yaml'])
 */
export async function runMasa(
  argv: readonly string[],
  more: Partial<Parameters<typeof main>[1]> = {},
): Promise<{ readonly exitCode: number; readonly out: string; readonly errors: string }> {
  const out: string[] = [];
  const errors: string[] = [];
  const exitCode = await main([...argv], {
    print: (text) => out.push(text),
    printError: (text) => errors.push(text),
    version: '1.2.3',
    signal: new AbortController().signal,
    ...more,
  });
  return { exitCode, out: out.join('\n'), errors: errors.join('\n') };
}
