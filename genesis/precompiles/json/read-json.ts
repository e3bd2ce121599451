import { ToolkitError } from '../../base/errors.js';
import { formatPosition } from './format-position.js';
import type { JsonMember, JsonNode } from './json-node.js';

/** Deepest nesting that Go's encoding/json accepts. */
const DEPTH_MAXIMUM = 10_000;
const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const spacePattern = /[ \t\r\n]*/y;
const literals = { t: 'true', f: 'false', n: 'null' } as const;

interface Open {
  readonly start: number;
  readonly members?: JsonMember[];
  readonly items?: JsonNode[];
  member?: { key: string; rawKey: string; keyStart: number } | undefined;
}

/**
 * Reads one JSON document without losing digits, duplicate keys or positions, accepting exactly what Go's
 * encoding/json accepts (no byte order mark, no trailing data, nesting of at most 10,000).
 *
 * @throws ToolkitError `GENESIS_JSON_INVALID` (exit 2) with line and column.
 * @example readJson('{"a": 1e400}').members![0]!.value.raw // '1e400'
 */
export function readJson(text: string, file = 'the file'): JsonNode {
  let at = 0;
  const open: Open[] = [];
  const skipSpace = () => {
    spacePattern.lastIndex = at;
    spacePattern.test(text);
    at = spacePattern.lastIndex;
  };
  const fail = (expected: string): never => {
    const found = at >= text.length ? 'the end' : JSON.stringify(text[at]);
    throw new ToolkitError({
      code: 'GENESIS_JSON_INVALID',
      message: `Not JSON: found ${found} where ${expected} should stand.`,
      where: `${file}, ${formatPosition(text, at)}`,
      allowed:
        'one JSON document (RFC 8259) without comments, trailing commas or anything after it',
      next: 'Correct the file at this place.',
      exitCode: 2,
    });
  };
  const readString = (expected: string): string => {
    const end = findStringEnd(text, at);
    if (end === undefined) return fail(expected);
    const raw = text.slice(at, end);
    at = end;
    return raw;
  };
  const readKey = (frame: Open) => {
    skipSpace();
    const keyStart = at;
    const rawKey = readString('a key in quotation marks');
    skipSpace();
    if (text[at] !== ':') fail('":"');
    at += 1;
    frame.member = { key: unquote(rawKey), rawKey, keyStart };
  };

  for (;;) {
    skipSpace();
    const character = text[at];
    let value: JsonNode;
    if (character === '{' || character === '[') {
      const start = at;
      if (open.length >= DEPTH_MAXIMUM) fail(`a value nested at most ${DEPTH_MAXIMUM} deep`);
      const frame: Open = character === '{' ? { start, members: [] } : { start, items: [] };
      open.push(frame);
      at += 1;
      skipSpace();
      if (text[at] !== (frame.members ? '}' : ']')) {
        if (frame.members) readKey(frame);
        continue;
      }
      value = close(text, open, ++at);
    } else value = readScalar();
    for (;;) {
      const frame = open.at(-1);
      skipSpace();
      if (frame === undefined) {
        if (at < text.length) fail('the end of the file');
        return value;
      }
      frame.items?.push(value);
      if (frame.members) frame.members.push({ ...frame.member!, value });
      if (text[at] === ',') {
        at += 1;
        if (frame.members) readKey(frame);
        break;
      }
      if (text[at] !== (frame.members ? '}' : ']')) fail(`"," or "${frame.members ? '}' : ']'}"`);
      value = close(text, open, ++at);
    }
  }

  function readScalar(): JsonNode {
    const start = at;
    const character = text[at];
    if (character === '"') {
      readString('a string without bare control characters and with valid escapes');
      return { kind: 'string', start, end: at, raw: text.slice(start, at) };
    }
    if (character === 't' || character === 'f' || character === 'n') {
      const kind = literals[character];
      if (!text.startsWith(kind, at)) fail(kind);
      at += kind.length;
      return { kind, start, end: at, raw: kind };
    }
    numberPattern.lastIndex = at;
    if (!numberPattern.test(text)) fail('a value');
    at = numberPattern.lastIndex;
    return { kind: 'number', start, end: at, raw: text.slice(start, at) };
  }
}

/** A JSON string literal's text, unpaired surrogates replaced as Go does. */
function unquote(raw: string): string {
  return (JSON.parse(raw) as string).replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
}

/** Offset after the closing quotation mark, undefined when this is no well-formed string. */
function findStringEnd(text: string, start: number): number | undefined {
  if (text[start] !== '"') return undefined;
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return undefined;
    if (code !== 0x5c) continue;
    escapePattern.lastIndex = at;
    if (!escapePattern.test(text)) return undefined;
    at = escapePattern.lastIndex - 1;
  }
  return undefined;
}

function close(text: string, open: Open[], end: number): JsonNode {
  const { start, members, items } = open.pop()!;
  const raw = text.slice(start, end);
  return members
    ? { kind: 'object', start, end, raw, members }
    : { kind: 'array', start, end, raw, items: items! };
}
