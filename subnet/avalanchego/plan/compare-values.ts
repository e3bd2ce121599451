/** A place where two values differ. */
export interface Difference {
  readonly path: string;
  readonly desired: string;
  readonly found: string;
}

/** Where two plain values differ, down to single members; a missing member equals an undefined one. */
export function compareValues(desired: unknown, found: unknown, path = ''): readonly Difference[] {
  if (isRecord(desired) && isRecord(found)) {
    return [...new Set([...Object.keys(desired), ...Object.keys(found)])].flatMap((key) =>
      compareValues(desired[key], found[key], path === '' ? key : `${path}.${key}`),
    );
  }
  if (desired === found) return [];
  return [{ path, desired: format(desired), found: format(found) }];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function format(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (!isRecord(value)) return String(value);
  return typeof value.name === 'string' ? value.name : JSON.stringify(value).slice(0, 200);
}
