/** Severity in AvalancheGo's logs, from least to most. */
export const logLevels = ['verbo', 'debug', 'trace', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogEntry {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly level: LogLevel;
  /** The entry as it stands in the file, without time and level; further lines of it included. */
  readonly text: string;
}

const head = /^\[(\d\d)-(\d\d)\|(\d\d):(\d\d):(\d\d)\.(\d{3})\] (\S+) (.*)$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
const colours = /\u001b\[[0-9;]*m/g;

/**
 * Reads a log of AvalancheGo. Its times have no year: one is chosen so that no entry lies in the future. Lines without a
 * time (stack traces) belong to the entry before; those before the first entry are left out.
 *
 * @param now milliseconds since the epoch.
 * @example parseLog('[11-24|11:43:24.562] INFO node.go:1 done', now) // [{ time, level: 'info', text: 'node.go:1 done' }]
 */
export function parseLog(text: string, now: number): readonly LogEntry[] {
  const entries: { time: number; level: LogLevel; text: string }[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.replace(colours, '');
    const match = head.exec(line);
    const level = match?.[7]?.toLowerCase() as LogLevel | undefined;
    if (match === null || level === undefined || !logLevels.includes(level)) {
      const last = entries.at(-1);
      if (last !== undefined && line.trim() !== '') last.text += `\n${line}`;
      continue;
    }
    const numbers = match.slice(1, 7).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    entries.push({ time: timeOf(numbers, now), level, text: match[8]! });
  }
  return entries;
}

function timeOf(
  [month, day, hour, minute, second, millisecond]: readonly [
    number,
    number,
    number,
    number,
    number,
    number,
  ],
  now: number,
): number {
  const at = (year: number) => Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const year = new Date(now).getUTCFullYear();
  const dayMilliseconds = 86_400_000; // a clock may be a little off
  return at(year) > now + dayMilliseconds ? at(year - 1) : at(year);
}
