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

/** Problems of one file that are printed; who mends these sees the others next time. */
const shownProblems = 20;

/** Keeps the start of a text that quotes what a file holds. */
function cut(text: string): string {
  return text.length > 600 ? `${text.slice(0, 560)}… (${text.length} characters)` : text;
}

/** An error for people: what, where, allowed, next, and every located problem. */
export function formatError(error: unknown, verbose: boolean): string {
  if (!(error instanceof ToolkitError)) {
    const text = error instanceof Error ? (verbose ? error.stack : error.message) : String(error);
    return `error INTERNAL: ${text}\n  next: run again with --verbose and report this; it is a fault of the toolkit`;
  }
  const lines = [`error ${error.code}: ${cut(error.message)}`];
  const add = (label: string, text: string | undefined) => {
    if (text !== undefined) lines.push(`  ${label}: ${text}`);
  };
  add('where', error.where);
  add('allowed', error.allowed);
  for (const problem of error.problems.slice(0, shownProblems)) {
    const line = problem.line === undefined ? '' : ` (line ${problem.line})`;
    lines.push(`  - ${cut(problem.path)}${line}: ${cut(problem.message)} [${problem.code}]`);
    if (problem.allowed !== undefined) lines.push(`      allowed: ${problem.allowed}`);
    if (problem.next !== undefined) lines.push(`      next: ${problem.next}`);
  }
  const more = error.problems.length - shownProblems;
  if (more > 0) lines.push(`  - and ${more} more; --json lists all`);
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
