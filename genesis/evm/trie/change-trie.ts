import type { Hex } from '../../base/hash.js';
import type { Branch, TrieNode } from './trie-node.js';

/** The value under a path of digits, or undefined. */
export function getValue<V>(node: TrieNode<V> | undefined, path: Uint8Array): V | undefined {
  let at = 0;
  let current = node;
  while (current !== undefined) {
    if (current.kind === 'branch') {
      current = current.children[path[at]!];
      at += 1;
      continue;
    }
    const shared = current.path.length;
    for (let index = 0; index < shared; index += 1) {
      if (current.path[index] !== path[at + index]) return undefined;
    }
    if (current.kind === 'leaf') return at + shared === path.length ? current.value : undefined;
    at += shared;
    current = current.child;
  }
  return undefined;
}

/** The trie with a value set under a path; paths of one trie must not begin with one another. */
export function putValue<V>(
  node: TrieNode<V> | undefined,
  path: Uint8Array,
  key: Hex,
  value: V,
): TrieNode<V> {
  return put(node, path, 0, key, value);
}

function put<V>(
  node: TrieNode<V> | undefined,
  path: Uint8Array,
  at: number,
  key: Hex,
  value: V,
): TrieNode<V> {
  if (node === undefined) return { kind: 'leaf', path: path.subarray(at), key, value };
  if (node.kind === 'branch') {
    const digit = path[at]!;
    return withChild(node, digit, put(node.children[digit], path, at + 1, key, value));
  }
  const shared = commonLength(node.path, path, at);
  if (shared === node.path.length) {
    if (node.kind === 'leaf') return { kind: 'leaf', path: node.path, key, value };
    return {
      kind: 'extension',
      path: node.path,
      child: put(node.child, path, at + shared, key, value),
    };
  }
  const children: (TrieNode<V> | undefined)[] = new Array(16).fill(undefined);
  const rest = node.path.subarray(shared + 1);
  children[node.path[shared]!] =
    node.kind === 'leaf'
      ? { kind: 'leaf', path: rest, key: node.key, value: node.value }
      : extend(rest, node.child);
  children[path[at + shared]!] = { kind: 'leaf', path: path.subarray(at + shared + 1), key, value };
  return extend(node.path.subarray(0, shared), { kind: 'branch', children });
}

/** The trie without a path; a missing path changes nothing. */
export function removeValue<V>(
  node: TrieNode<V> | undefined,
  path: Uint8Array,
  at = 0,
): TrieNode<V> | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'branch') {
    const digit = path[at]!;
    const before = node.children[digit];
    const after = removeValue(before, path, at + 1);
    if (after === before) return node;
    if (after !== undefined) return withChild(node, digit, after);
    const left = [...node.children.keys()].filter(
      (index) => index !== digit && node.children[index] !== undefined,
    );
    if (left.length > 1) return withChild(node, digit, undefined);
    return prepend(left[0]!, node.children[left[0]!]!);
  }
  const shared = commonLength(node.path, path, at);
  if (shared < node.path.length) return node;
  if (node.kind === 'leaf') return undefined;
  const after = removeValue(node.child, path, at + shared);
  if (after === node.child) return node;
  return after === undefined ? undefined : extend(node.path, after);
}

/** Every entry in the order of its path. */
export function* listEntries<V>(node: TrieNode<V> | undefined): Generator<[key: Hex, value: V]> {
  if (node === undefined) return;
  if (node.kind === 'leaf') yield [node.key, node.value];
  else if (node.kind === 'extension') yield* listEntries(node.child);
  else for (const child of node.children) yield* listEntries(child);
}

function withChild<V>(node: Branch<V>, digit: number, child: TrieNode<V> | undefined): Branch<V> {
  const children = node.children.slice();
  children[digit] = child;
  return { kind: 'branch', children };
}

/** Puts digits before a node; extensions never follow one another. */
function extend<V>(path: Uint8Array, node: TrieNode<V>): TrieNode<V> {
  if (path.length === 0) return node;
  if (node.kind === 'branch') return { kind: 'extension', path, child: node };
  const joined = new Uint8Array(path.length + node.path.length);
  joined.set(path);
  joined.set(node.path, path.length);
  return node.kind === 'leaf'
    ? { kind: 'leaf', path: joined, key: node.key, value: node.value }
    : { kind: 'extension', path: joined, child: node.child };
}

function prepend<V>(digit: number, node: TrieNode<V>): TrieNode<V> {
  return extend(Uint8Array.of(digit), node);
}

function commonLength(a: Uint8Array, b: Uint8Array, at: number): number {
  let length = 0;
  while (length < a.length && a[length] === b[at + length]) length += 1;
  return length;
}
