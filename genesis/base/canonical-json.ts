import { ToolkitError } from './errors.js';

/**
 * Writes a value as canonical JSON: object keys sorted by code unit, no spaces, bigint as a decimal string,
 * `undefined` members left out. The same value always gives the same bytes, so its hash identifies it.
 *
 * @throws ToolkitError `JSON_NOT_CANONICAL` for NaN, infinities, functions, symbols and non-plain objects.
 * @example canonicalJson({ b: 1n, a: [true, null] }) // '{"a":[true,null],"b":"1"}'
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'bigint':
      return `"${value}"`;
    case 'number':
      if (Number.isFinite(value)) return JSON.stringify(value);
      break;
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
      const prototype = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null) break;
      const members = Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
      return `{${members.join(',')}}`;
    }
  }
  throw new ToolkitError({
    code: 'JSON_NOT_CANONICAL',
    message: `${String(value)} (${typeof value}) has no canonical JSON form.`,
    allowed: 'plain objects, arrays, strings, finite numbers, booleans, null and bigint',
  });
}
