import { RLP } from '@ethereumjs/rlp';
import { hexToBytes } from '@noble/hashes/utils.js';
import { keccak256 } from '../base/hash.js';

type Node = Uint8Array | Node[];
interface Entry {
  /** Hexadecimal digits of the hashed key. */
  readonly path: string;
  readonly value: Uint8Array;
}

/** Root of an empty trie: the hash of an empty string's encoding. */
const emptyRoot = keccak256(RLP.encode(new Uint8Array()));

/**
 * Root of Ethereum's secure Merkle-Patricia trie over all entries at once. A genesis is hashed whole, so
 * this builds from sorted keys and keeps no nodes; chains that change use the incremental trie.
 *
 * @param entries Pairs of key (hashed here) and value; keys differ, values are not empty.
 * @example merkleRoot([]) // 0x56e81f171bcc55a6…
 */
export function merkleRoot(
  entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[],
): Uint8Array {
  if (entries.length === 0) return emptyRoot;
  const sorted = entries
    .map(([key, value]) => ({ path: toDigits(keccak256(key)), value }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return keccak256(RLP.encode(build(sorted, 0)));
}

function build(entries: readonly Entry[], depth: number): Node {
  const first = entries[0]!;
  if (entries.length === 1) return [compact(first.path.slice(depth), true), first.value];
  const last = entries.at(-1)!;
  let shared = depth;
  while (first.path[shared] === last.path[shared]) shared += 1;
  if (shared > depth) {
    return [compact(first.path.slice(depth, shared), false), reference(build(entries, shared))];
  }
  const children: Node[] = [];
  let from = 0;
  for (const digit of '0123456789abcdef') {
    let to = from;
    while (entries[to]?.path[depth] === digit) to += 1;
    children.push(
      to === from ? new Uint8Array() : reference(build(entries.slice(from, to), depth + 1)),
    );
    from = to;
  }
  return [...children, new Uint8Array()];
}

/** Nodes shorter than a hash stand in their parent themselves. */
function reference(node: Node): Node {
  const encoded = RLP.encode(node);
  return encoded.length < 32 ? node : keccak256(encoded);
}

/** Hex-prefix encoding of a path. */
function compact(digits: string, leaf: boolean): Uint8Array {
  const odd = digits.length % 2 === 1;
  const flag = (leaf ? 2 : 0) + (odd ? 1 : 0);
  return hexToBytes(`${flag}${odd ? '' : '0'}${digits}`);
}

function toDigits(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
