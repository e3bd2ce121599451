import { nearestWord } from '../../plan/nearest-word.js';
import { findField, foldKey } from '../../precompiles/json/decode.js';
import type { JsonNode } from '../../precompiles/json/json-node.js';
import { genesisShape, type Shape, upgradeShape } from './file-shape.js';
import { type Complaint, defineRules, type TextSubject } from './lint-rule.js';

type Visit = (node: JsonNode, shape: Shape, path: string) => Iterable<Complaint>;

/** Rules about the text itself; they need no understandable genesis. */
export const textRules = defineRules<TextSubject>([
  {
    code: 'unknown-key',
    severity: 'error',
    title: 'The node ignores a key that it does not know.',
    fix: 'Correct the spelling or remove the key.',
    check: (subject) => visitFiles(subject, unknownKeys),
  },
  {
    code: 'duplicate-key',
    severity: 'error',
    title: 'A key stands twice; the node merges or keeps the last one without a word.',
    fix: 'Keep one of them.',
    check: (subject) => visitFiles(subject, duplicateKeys),
  },
  {
    code: 'key-case',
    severity: 'warning',
    title: 'A key is spelled in another case; Subnet-EVM takes it, other readers may not.',
    fix: 'Spell the key as in the message.',
    check: (subject) => visitFiles(subject, keyCase),
  },
  {
    code: 'quoted-number',
    severity: 'error',
    title: 'A number stands in quotation marks where the node takes JSON numbers only.',
    fix: 'Remove the quotation marks.',
    check: (subject) => visitFiles(subject, quotedNumbers),
  },
]);

function* unknownKeys(node: JsonNode, shape: Shape, path: string): Iterable<Complaint> {
  if (shape.fields === undefined) return;
  const names = Object.keys(shape.fields);
  for (const { key, rawKey, keyStart } of node.members ?? []) {
    if (findName(shape, key) !== undefined) continue;
    const near = names.find((name) => foldKey(name) === foldKey(key)) ?? nearestKey(key, names);
    yield {
      path,
      offset: keyStart,
      message: `Unknown key ${rawKey}.`,
      next: near && `Did you mean "${near}"?`,
    };
  }
}

function* duplicateKeys(node: JsonNode, shape: Shape, path: string): Iterable<Complaint> {
  const seen = new Map<string, string>();
  for (const { key, rawKey, keyStart } of node.members ?? []) {
    // Accounts count as equal with and without 0x, keys of objects in any case.
    const same = shape.fields
      ? (findName(shape, key) ?? key)
      : key.toLowerCase().replace(/^0x/, '');
    const other = seen.get(same);
    if (other !== undefined) {
      yield { path, offset: keyStart, message: `${rawKey} stands here already as ${other}.` };
    }
    seen.set(same, rawKey);
  }
}

function* keyCase(node: JsonNode, shape: Shape, path: string): Iterable<Complaint> {
  if (shape.fields === undefined) return;
  for (const { key, rawKey, keyStart } of node.members ?? []) {
    const name = findName(shape, key);
    if (name === undefined || name === key) continue;
    yield { path, offset: keyStart, message: `${rawKey} is taken as "${name}".` };
  }
}

function* quotedNumbers(node: JsonNode, shape: Shape, path: string): Iterable<Complaint> {
  for (const { key, value } of node.members ?? []) {
    const name = shape.fields && findName(shape, key);
    if (name === undefined || !shape.fields![name]!.number || value.kind !== 'string') continue;
    yield { path: `${path}.${name}`, offset: value.start, message: `${value.raw} is a string.` };
  }
}

function findName({ fields, exact = [] }: Shape, key: string): string | undefined {
  const name = findField(Object.keys(fields!), key);
  return name !== undefined && exact.includes(name) && name !== key ? undefined : name;
}

/** `rewardManager` for `rewardManagerConfig` is the usual slip. */
function nearestKey(key: string, names: readonly string[]): string | undefined {
  return names.find((name) => name === `${key}Config`) ?? nearestWord(key, names);
}

function* visitFiles({ root, upgradeRoot }: TextSubject, visit: Visit): Iterable<Complaint> {
  yield* walk(root, genesisShape, '', visit);
  if (upgradeRoot === undefined) return;
  for (const complaint of walk(upgradeRoot, upgradeShape, '', visit)) {
    yield { ...complaint, file: 'upgrade' };
  }
}

function* walk(node: JsonNode, shape: Shape, path: string, visit: Visit): Iterable<Complaint> {
  yield* visit(node, shape, path);
  for (const { key, value } of node.members ?? []) {
    const name = shape.fields && findName(shape, key);
    const next = shape.each ?? (name === undefined ? undefined : shape.fields![name]);
    if (next !== undefined) yield* walk(value, next, path === '' ? key : `${path}.${key}`, visit);
  }
  for (const [index, item] of (node.items ?? []).entries()) {
    if (shape.each !== undefined) yield* walk(item, shape.each, `${path}[${index}]`, visit);
  }
}
