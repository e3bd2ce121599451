import { ToolkitError } from '../genesis/base/errors.js';

/** JSON for machines: two-space indent, bigint as a decimal string. */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? item.toString() : item), 2);
}

/** Aligns rows into columns; numbers-only columns to the right. @example formatTable(['a', 'b'], [['x', '1']]) */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const right = head.map((_, column) =>
    rows.every((row) => /^[-+~]?[\d.,_ %$xe-]*$/.test(row[column] ?? '')),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        right[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join(
    '\n',
  );
}

/** An error for people: what, where, allowed, next, and every located problem. */
export function formatError(error: unknown, verbose: boolean): string {
  if (!(error instanceof ToolkitError)) {
    const text = error instanceof Error ? (verbose ? error.stack : error.message) : String(error);
    return `error INTERNAL: ${text}\n  next: run again with --verbose and report this; it is a fault of the toolkit`;
  }
  const lines = [`error ${error.code}: ${error.message}`];
  const add = (label: string, text: string | undefined) => {
    if (text !== undefined) lines.push(`  ${label}: ${text}`);
  };
  add('where', error.where);
  add('allowed', error.allowed);
  for (const problem of error.problems) {
    const line = problem.line === undefined ? '' : ` (line ${problem.line})`;
    lines.push(`  - ${problem.path}${line}: ${problem.message} [${problem.code}]`);
    if (problem.allowed !== undefined) lines.push(`      allowed: ${problem.allowed}`);
    if (problem.next !== undefined) lines.push(`      next: ${problem.next}`);
  }
  add('next', error.next);
  if (verbose && error.stack !== undefined) lines.push(error.stack);
  return lines.join('\n');
}

/** The same error for machines. */
export function errorJson(error: unknown): unknown {
  if (!(error instanceof ToolkitError)) {
    return {
      error: { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) },
    };
  }
  const { code, message, where, allowed, next, problems } = error;
  return {
    error: { code, message, where, allowed, next, ...(problems.length > 0 && { problems }) },
  };
}
