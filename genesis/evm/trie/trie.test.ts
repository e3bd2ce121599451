import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hex, keccak256 } from '../../base/hash.js';
import { merkleRoot } from '../../compile/merkle-root.js';
import { getValue, listEntries, putValue, removeValue } from './change-trie.js';
import { digits } from './digits.js';
import { hashTrie, proveTrie } from './hash-trie.js';
import type { TrieNode } from './trie-node.js';

type Bytes = TrieNode<Uint8Array> | undefined;
const same = (value: Uint8Array) => value;
const root = (trie: Bytes) => bytesToHex(hashTrie(trie, same, keccak256));
const runs = Number(process.env.FUZZ_RUNS ?? 60);

/** Keys as they are, not hashed. */
function plain(entries: readonly (readonly [string, string])[]): Bytes {
  let trie: Bytes;
  for (const [key, value] of entries)
    trie = putValue(trie, digits(utf8ToBytes(key)), '0x', utf8ToBytes(value));
  return trie;
}

describe('trie', () => {
  it('has the published roots (ethereum/tests, TrieTests/trieanyorder.json)', () => {
    expect(root(undefined)).toBe(
      '56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
    );
    expect(root(plain([['A', 'a'.repeat(50)]]))).toBe(
      'd23786fb4a010da3ce639d66d5e904a11dbc02746d1ce25029e53290cabf28ab',
    );
    let hex: Bytes;
    hex = putValue(hex, digits(hexToBytes('0045')), '0x', hexToBytes('0123456789'));
    hex = putValue(hex, digits(hexToBytes('4500')), '0x', hexToBytes('9876543210'));
    expect(root(hex)).toBe('285505fcabe84badc8aa310e2aae17eddc7d120aabec8a476902c8184b3a3503');
  });

  it('equals a trie built at once from sorted keys, in any order of puts and removals', () => {
    const key = fc.uint8Array({ minLength: 4, maxLength: 4 });
    const value = fc.uint8Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.option(value)), { maxLength: 120 }), (changes) => {
        let trie: Bytes;
        const model = new Map<Hex, Uint8Array>();
        for (const [name, content] of changes) {
          // Two bits of each byte, so that keys meet again and removals find something.
          const bytes = name.map((byte) => byte & 3);
          const hex: Hex = `0x${bytesToHex(bytes)}`;
          const path = digits(keccak256(bytes));
          if (content === null) {
            trie = removeValue(trie, path);
            model.delete(hex);
          } else {
            trie = putValue(trie, path, hex, content);
            model.set(hex, content);
          }
        }
        const entries = [...model].map(
          ([hex, content]) => [hexToBytes(hex.slice(2)), content] as const,
        );
        expect(root(trie)).toBe(bytesToHex(merkleRoot(entries)));
        expect(new Map(listEntries(trie))).toEqual(model);
        for (const [hex, content] of model) {
          expect(getValue(trie, digits(keccak256(hexToBytes(hex.slice(2)))))).toBe(content);
        }
      }),
      { numRuns: runs },
    );
  });

  it('leaves earlier tries as they were', () => {
    let trie: Bytes;
    const history: [Bytes, string][] = [];
    for (let index = 0; index < 200; index += 1) {
      trie = putValue(
        trie,
        digits(keccak256(Uint8Array.of(index % 50))),
        '0x',
        Uint8Array.of(index + 1),
      );
      history.push([trie, root(trie)]);
    }
    for (const [old, hash] of history) expect(root(old)).toBe(hash);
  });

  it('proves what is there and what is not', () => {
    let trie: Bytes;
    for (let index = 0; index < 100; index += 1) {
      trie = putValue(
        trie,
        digits(keccak256(Uint8Array.of(index))),
        '0x',
        new Uint8Array(33).fill(index),
      );
    }
    for (const index of [0, 57, 99, 200]) {
      const path = digits(keccak256(Uint8Array.of(index)));
      const proof = proveTrie(trie, path, same, keccak256);
      expect(bytesToHex(keccak256(proof[0]!))).toBe(root(trie));
      // Every node is named by its hash in the node before it.
      for (let at = 1; at < proof.length; at += 1) {
        expect(bytesToHex(proof[at - 1]!)).toContain(bytesToHex(keccak256(proof[at]!)));
      }
      const leaf = RLP.decode(proof.at(-1)!) as Uint8Array[];
      const found = leaf.length === 2 && getValue(trie, path) !== undefined;
      expect(found).toBe(index < 100);
    }
  });
});
