import { RLP } from '@ethereumjs/rlp';
import type { TrieNode } from './trie-node.js';

type Keccak = (bytes: Uint8Array) => Uint8Array;

/** Root of a trie without entries: Keccak-256 of the RLP of an empty string. */
const emptyRlp = Uint8Array.of(0x80);

/**
 * Root hash of a Merkle-Patricia trie (Ethereum Yellow Paper, appendix D). Encodings are cached in the nodes, so that only
 * what changed since the last call is hashed.
 *
 * @param encode Bytes of a value as they stand in the leaf.
 */
export function hashTrie<V>(
  node: TrieNode<V> | undefined,
  encode: (value: V) => Uint8Array,
  keccak: Keccak,
): Uint8Array {
  return keccak(node === undefined ? emptyRlp : encodeNode(node, encode, keccak));
}

/** Encodings of the nodes from the root towards a path: the proof that its value is there, or is not. */
export function proveTrie<V>(
  node: TrieNode<V> | undefined,
  path: Uint8Array,
  encode: (value: V) => Uint8Array,
  keccak: Keccak,
): Uint8Array[] {
  const proof: Uint8Array[] = [];
  let at = 0;
  let current = node;
  while (current !== undefined) {
    const raw = encodeNode(current, encode, keccak);
    // A node shorter than a hash stands inside its parent.
    if (proof.length === 0 || raw.length >= 32) proof.push(raw);
    if (current.kind === 'leaf') break;
    if (current.kind === 'branch') {
      current = current.children[path[at]!];
      at += 1;
      continue;
    }
    const { path: digits } = current;
    if (digits.some((digit, index) => digit !== path[at + index])) break;
    at += digits.length;
    current = current.child;
  }
  return proof;
}

function encodeNode<V>(
  node: TrieNode<V>,
  encode: (value: V) => Uint8Array,
  keccak: Keccak,
): Uint8Array {
  if (node.kind === 'leaf')
    return encodeList([encodeBytes(compact(node.path, true)), encodeBytes(encode(node.value))]);
  if (node.kind === 'extension') {
    return encodeList([
      encodeBytes(compact(node.path, false)),
      referenceOf(node.child, encode, keccak),
    ]);
  }
  const items: Uint8Array[] = [];
  for (const child of node.children)
    items.push(child === undefined ? emptyRlp : referenceOf(child, encode, keccak));
  items.push(emptyRlp);
  return encodeList(items);
}

function referenceOf<V>(
  node: TrieNode<V>,
  encode: (value: V) => Uint8Array,
  keccak: Keccak,
): Uint8Array {
  if (node.reference === undefined) {
    const raw = encodeNode(node, encode, keccak);
    node.reference = raw.length < 32 ? raw : encodeBytes(keccak(raw));
  }
  return node.reference;
}

function encodeBytes(bytes: Uint8Array): Uint8Array {
  return RLP.encode(bytes);
}

/** RLP of a list whose items are encoded already. */
function encodeList(items: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const item of items) length += item.length;
  const head = length < 56 ? 1 : length < 256 ? 2 : length < 65_536 ? 3 : 4;
  const bytes = new Uint8Array(head + length);
  if (head === 1) bytes[0] = 0xc0 + length;
  else {
    bytes[0] = 0xf7 + head - 1;
    for (let index = head - 1, rest = length; index > 0; index -= 1, rest >>>= 8)
      bytes[index] = rest & 0xff;
  }
  let at = head;
  for (const item of items) {
    bytes.set(item, at);
    at += item.length;
  }
  return bytes;
}

/** Hex-prefix encoding of digits. */
function compact(path: Uint8Array, leaf: boolean): Uint8Array {
  const odd = path.length & 1;
  const bytes = new Uint8Array(1 + ((path.length - odd) >> 1));
  bytes[0] = (leaf ? 0x20 : 0) | (odd === 1 ? 0x10 | path[0]! : 0);
  for (let index = odd, at = 1; index < path.length; index += 2, at += 1) {
    bytes[at] = (path[index]! << 4) | path[index + 1]!;
  }
  return bytes;
}
