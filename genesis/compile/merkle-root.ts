import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { keccak256 } from '../base/hash.js';

/** Keccak-256 of bytes; a native or WASM one makes large states several times faster. */
export type Keccak = (bytes: Uint8Array) => Uint8Array;

interface Entry {
  /** Hexadecimal digits of the hashed key. */
  readonly path: string;
  readonly value: Uint8Array;
}

/** Root of an empty trie: the hash of an empty string's encoding. */
const emptyString = Uint8Array.of(0x80);
const emptyRoot = keccak256(emptyString);

/**
 * Root of Ethereum's secure Merkle-Patricia trie over all entries at once. A genesis is hashed whole, so
 * this builds from sorted keys and keeps no nodes; chains that change use the incremental trie.
 *
 * @param entries Pairs of key (hashed here) and value; keys differ, values are not empty.
 * @param keccak Hash function; default pure JavaScript.
 * @example merkleRoot([]) // 0x56e81f171bcc55a6…
 */
export function merkleRoot(
  entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[],
  keccak: Keccak = keccak256,
): Uint8Array {
  if (entries.length === 0) return emptyRoot;
  const sorted = entries
    .map(([key, value]) => ({ path: bytesToHex(keccak(key)), value }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return keccak(build(sorted, 0, keccak));
}

/** RLP of the node over entries that share their first `depth` digits. */
function build(entries: readonly Entry[], depth: number, keccak: Keccak): Uint8Array {
  const first = entries[0]!;
  if (entries.length === 1) {
    return encodeList([
      encodeBytes(compact(first.path.slice(depth), true)),
      encodeBytes(first.value),
    ]);
  }
  const last = entries.at(-1)!;
  let shared = depth;
  while (first.path[shared] === last.path[shared]) shared += 1;
  if (shared > depth) {
    const path = encodeBytes(compact(first.path.slice(depth, shared), false));
    return encodeList([path, reference(build(entries, shared, keccak), keccak)]);
  }
  const children: Uint8Array[] = [];
  let from = 0;
  for (const digit of '0123456789abcdef') {
    let to = from;
    while (entries[to]?.path[depth] === digit) to += 1;
    children.push(
      to === from
        ? emptyString
        : reference(build(entries.slice(from, to), depth + 1, keccak), keccak),
    );
    from = to;
  }
  return encodeList([...children, emptyString]);
}

/** Nodes shorter than a hash stand in their parent themselves. */
function reference(node: Uint8Array, keccak: Keccak): Uint8Array {
  return node.length < 32 ? node : encodeBytes(keccak(node));
}

/** RLP of bytes. */
function encodeBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 1 && bytes[0]! < 0x80) return bytes;
  return concatBytes(lengthPrefix(0x80, bytes.length), bytes);
}

/** RLP of a list of items that are encoded already. */
function encodeList(items: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const item of items) length += item.length;
  return concatBytes(lengthPrefix(0xc0, length), ...items);
}

function lengthPrefix(base: number, length: number): Uint8Array {
  if (length < 56) return Uint8Array.of(base + length);
  const digits = length.toString(16);
  const bytes = hexToBytes(digits.length % 2 === 0 ? digits : `0${digits}`);
  return Uint8Array.of(base + 55 + bytes.length, ...bytes);
}

/** Hex-prefix encoding of a path. */
function compact(digits: string, leaf: boolean): Uint8Array {
  const odd = digits.length % 2 === 1;
  const flag = (leaf ? 2 : 0) + (odd ? 1 : 0);
  return hexToBytes(`${flag}${odd ? '' : '0'}${digits}`);
}
