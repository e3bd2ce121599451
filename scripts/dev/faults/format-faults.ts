export interface Outcome {
  readonly path: string;
  readonly fault: string;
  /** Absent: a result with findings. */
  readonly code: string | undefined;
  readonly exit: number;
}

/** The fault matrix as a Markdown document: one row per fault and answer, with the commands that give it. */
export function formatFaults(outcomes: readonly Outcome[]): string {
  const rows = new Map<string, { outcome: Outcome; paths: Map<string, number> }>();
  for (const outcome of outcomes) {
    const key = `${outcome.fault}|${outcome.code}|${outcome.exit}`;
    const row = rows.get(key) ?? { outcome, paths: new Map() };
    row.paths.set(outcome.path, (row.paths.get(outcome.path) ?? 0) + 1);
    rows.set(key, row);
  }
  const commands = new Set(outcomes.map(({ path }) => path)).size;
  const sorted = [...rows.values()].sort((a, b) => order(a.outcome, b.outcome));
  return [
    '# What each command answers to each fault',
    '',
    `Made by \`scripts/dev/faults/fault-matrix.test.ts\` with \`WRITE_FAULTS=1\`: ${outcomes.length} faults over ${commands}`,
    'commands, each code of a command also with `--json`. Every answer says what, where, what is allowed or what to do, shows',
    'no stack trace, and leaves every file as it was.',
    '',
    '| fault | code | exit | commands |',
    '|---|---|---|---|',
    ...sorted.map(({ outcome: { fault, code, exit }, paths }) => {
      const names =
        paths.size > commands * 0.9 ? `all ${paths.size}` : [...paths.keys()].join(', ');
      return `| ${fault} | ${code === undefined ? 'a result' : `\`${code}\``} | ${exit} | ${names} |`;
    }),
    '',
  ].join('\n');
}

function order(a: Outcome, b: Outcome): number {
  const key = ({ fault, code }: Outcome) => `${fault.includes(':') ? 1 : 0} ${fault} ${code}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
