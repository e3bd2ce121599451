import type { JsonNode } from '../../../genesis/precompiles/json/json-node.js';
import { readJson } from '../../../genesis/precompiles/json/read-json.js';

const address = '"0x1111111111111111111111111111111111111111"';

/** Values that are tried in place of every value. */
const replacements = [
  'null',
  'true',
  'false',
  '0',
  '1',
  '-1',
  '-0',
  '1.5',
  '1.0',
  '1e3',
  '18446744073709551615',
  '18446744073709551616',
  '18446744073724551616',
  `${2n ** 256n - 1n}`,
  `${2n ** 256n}`,
  `-${2n ** 256n - 1n}`,
  '""',
  '"0"',
  '"0x"',
  '"0X1f"',
  '"0x1F"',
  '"0x123"',
  '"0x-1"',
  '"-1"',
  '"+1"',
  '"1_0"',
  '"0x1_0"',
  '" 1"',
  '"\\u0031"',
  '"0x\\u00311"',
  '"null"',
  `"0x${'f'.repeat(64)}"`,
  `"0x1${'0'.repeat(64)}"`,
  `"${'ab'.repeat(32)}"`,
  `"0x${'AB'.repeat(32)}"`,
  address,
  address.replace('0x', ''),
  address.replace('0x', '0X'),
  '{}',
  '[]',
  '[null]',
  '[{}]',
  `[${address},${address}]`,
  `{${address}:null}`,
  `{${address}:{"balance":1}}`,
  '{"blockTimestamp":1700000000}',
  '{"blockTimestamp":0,"managerAddresses":[]}',
];

/** Keys that are tried in place of every key. */
const keyChanges: readonly ((key: string) => string)[] = [
  (key) => key.toUpperCase(),
  (key) => key.toLowerCase(),
  (key) => key.replace(/s/i, '\u017f').replace(/k/i, '\u212a'),
  (key) => `${key} `,
  (key) => key.replace(/^0x/, ''),
  (key) => key.replace(/^0x/, '0X'),
  (key) => key.slice(0, -1),
  (key) => key.slice(0, -2),
  (key) => `${key}00`,
];

/** One change of a text: replace from `start` to `end` by `by`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** Every single change that the tests try on a file. */
export function listEdits(text: string): Edit[] {
  const edits: Edit[] = [
    { start: 0, end: 0, by: '\ufeff' },
    { start: 0, end: 0, by: ' \t\r\n' },
    { start: text.length, end: text.length, by: ' x' },
    { start: text.length, end: text.length, by: '{}' },
    { start: text.length - 1, end: text.length, by: '' },
    { start: text.length - 1, end: text.length - 1, by: ',' },
    { start: text.length - 1, end: text.length - 1, by: ',"unknown":[{"a":1e999}]' },
    { start: text.length - 1, end: text.length - 1, by: ',"unknown":01' },
    { start: text.length - 1, end: text.length - 1, by: ',"unknown":"\\x"' },
    { start: text.length - 1, end: text.length - 1, by: ',"unknown":"\\ud800"' },
    { start: text.length - 1, end: text.length - 1, by: ',"unknown":"\u0001"' },
    { start: 0, end: text.length, by: 'null' },
    { start: 0, end: text.length, by: '' },
  ];
  walk(readJson(text), edits);
  return edits;
}

function walk(node: JsonNode, edits: Edit[]): void {
  for (const by of replacements) edits.push({ start: node.start, end: node.end, by });
  for (const [index, item] of (node.items ?? []).entries()) {
    walk(item, edits);
    edits.push({ start: item.end, end: item.end, by: `,${item.raw}` });
    edits.push({ start: item.end, end: item.end, by: ',null' });
    const next = node.items![index + 1];
    if (next) edits.push({ start: item.start, end: next.end, by: `${next.raw},${item.raw}` });
    edits.push(removal(node.items!, index));
  }
  const members = node.members ?? [];
  for (const [index, { key, keyStart, rawKey, value }] of members.entries()) {
    walk(value, edits);
    const end = keyStart + rawKey.length;
    for (const change of keyChanges) {
      const by = JSON.stringify(change(key));
      if (by !== rawKey) edits.push({ start: keyStart, end, by });
    }
    edits.push({
      start: keyStart,
      end,
      by: `"\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}"`,
    });
    for (const again of ['null', value.raw, '{}', '[]', '5', '"7"']) {
      edits.push({ start: value.end, end: value.end, by: `,${rawKey}:${again}` });
      edits.push({ start: value.end, end: value.end, by: `,${rawKey.toUpperCase()}:${again}` });
    }
    edits.push(
      removal(
        members.map((m) => ({ start: m.keyStart, end: m.value.end })),
        index,
      ),
    );
  }
}

function removal(parts: readonly { start: number; end: number }[], index: number): Edit {
  const { start, end } = parts[index]!;
  const next = parts[index + 1];
  const previous = parts[index - 1];
  if (next) return { start, end: next.start, by: '' };
  return { start: previous ? previous.end : start, end, by: '' };
}

/** Applies edits, the last place first; `undefined` when two overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  const sorted = [...edits].sort((a, b) => b.start - a.start);
  let result = text;
  let limit = text.length + 1;
  for (const { start, end, by } of sorted) {
    if (end > limit) return undefined;
    result = result.slice(0, start) + by + result.slice(end);
    limit = start;
  }
  return result;
}
