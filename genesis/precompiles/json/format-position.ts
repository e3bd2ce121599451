/** Line and column of an offset, both from 1. @example formatPosition('a\nbc', 3) // 'line 2, column 2' */
export function formatPosition(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `line ${lineAt(text, offset)}, column ${offset - (before.lastIndexOf('\n') + 1) + 1}`;
}

/** Line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1))
    line += 1;
  return line;
}
