import { hexToBytes } from '@noble/hashes/utils.js';
import { RlpWriter } from '../rlp/rlp-writer.js';
import type { TrieNode } from './trie-node.js';

type Keccak = (bytes: Uint8Array) => Uint8Array;

const emptyRlp = Uint8Array.of(0x80);
/** Root of a trie without entries: Keccak-256 of the RLP of an empty string. */
const emptyRoot = hexToBytes('56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421');
const writer = new RlpWriter();

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
  if (node === undefined) return emptyRoot;
  const reference = referenceOf(node, encode, keccak);
  // A node shorter than a hash stands inside its parent, but the root is hashed all the same.
  return reference.length === 33 ? reference.subarray(1) : keccak(reference);
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
  if (node.kind === 'leaf') {
    // Encoding a value may hash another trie, which uses the writer too.
    const value = encode(node.value);
    writer.begin();
    return writer.bytes(value).bytes(compact(node.path, true)).list(0).take();
  }
  if (node.kind === 'extension') {
    const child = referenceOf(node.child, encode, keccak);
    writer.begin();
    return writer.encoded(child).bytes(compact(node.path, false)).list(0).take();
  }
  const { children } = node;
  for (const child of children) if (child !== undefined) referenceOf(child, encode, keccak);
  writer.begin();
  writer.encoded(emptyRlp);
  for (let index = 15; index >= 0; index -= 1)
    writer.encoded(children[index]?.reference ?? emptyRlp);
  return writer.list(0).take();
}

function referenceOf<V>(
  node: TrieNode<V>,
  encode: (value: V) => Uint8Array,
  keccak: Keccak,
): Uint8Array {
  if (node.reference === undefined) {
    const raw = encodeNode(node, encode, keccak);
    if (raw.length < 32) node.reference = raw;
    else {
      const reference = new Uint8Array(33);
      reference[0] = 0xa0;
      reference.set(keccak(raw), 1);
      node.reference = reference;
    }
  }
  return node.reference;
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
