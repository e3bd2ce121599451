import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hex, keccak256 } from '../../../genesis/base/hash.js';
import { putValue } from '../../../genesis/evm/trie/change-trie.js';
import { digits } from '../../../genesis/evm/trie/digits.js';
import { hashTrie, proveTrie } from '../../../genesis/evm/trie/hash-trie.js';
import type { TrieNode } from '../../../genesis/evm/trie/trie-node.js';
import recorded from './fixtures/reward-manager-proof.json' with { type: 'json' };
import { verifyProof } from './verify-proof.js';

const hex = (bytes: Uint8Array): Hex => `0x${bytesToHex(bytes)}`;
const code = (value: string) => expect.objectContaining({ code: value });
const proof = recorded.accountProof as Hex[];
const root = hex(keccak256(hexToBytes(proof[0]!.slice(2))));

describe('verifyProof, with what AvalancheGo answered', () => {
  it('reads the account and its slot', () => {
    const [nonce, , storageRoot, codeHash] = RLP.decode(
      verifyProof(root, recorded.address as Hex, proof)!,
    ) as Uint8Array[];
    expect(hex(nonce!)).toBe(recorded.nonce);
    expect(hex(codeHash!)).toBe(recorded.codeHash);
    const [slot] = recorded.storageProof;
    const value = verifyProof(hex(storageRoot!), slot!.key as Hex, slot!.proof as Hex[]);
    expect(hex(RLP.decode(value!) as Uint8Array)).toBe(slot!.value);
  });

  it('knows that there is nothing under another key', () => {
    const [slot] = recorded.storageProof;
    const storageRoot = recorded.storageHash as Hex;
    const first = [slot!.proof[0] as Hex];
    const absent = Array.from({ length: 64 }, (_, index) =>
      hex(new Uint8Array(32).fill(index)),
    ).filter((key) => verifiesAsAbsent(storageRoot, key, first));
    expect(absent.length).toBeGreaterThan(40); // 14 of the root's 16 children are empty
  });

  it('refuses a changed byte in any node, a missing or further node, another root, and nothing', () => {
    const address = recorded.address as Hex;
    for (const [index, node] of proof.entries()) {
      for (let at = 0; at < (node.length - 2) / 2; at += 7) {
        const bytes = hexToBytes(node.slice(2));
        bytes[at]! ^= 1;
        const forged = proof.with(index, hex(bytes));
        expect(() => verifyProof(root, address, forged)).toThrow(code('PROOF_INVALID'));
      }
    }
    const cases: [Hex, Hex[]][] = [
      [root, proof.slice(0, 1)],
      [root, [...proof, proof[0]!]],
      [root, []],
      [`0x${'11'.repeat(32)}`, proof],
    ];
    for (const [other, nodes] of cases)
      expect(() => verifyProof(other, address, nodes)).toThrow(code('PROOF_INVALID'));
  });
});

function verifiesAsAbsent(storageRoot: Hex, key: Hex, nodes: Hex[]): boolean {
  try {
    return verifyProof(storageRoot, key, nodes) === undefined;
  } catch {
    return false;
  }
}

describe('verifyProof, with proofs of the toolkit’s own trie', () => {
  it('finds every key, and the absence of others, in tries of any shape', () => {
    const word = fc.uint8Array({ minLength: 1, maxLength: 3 });
    const value = fc.uint8Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, value), { maxLength: 60 }),
        fc.array(word),
        (all, others) => {
          let trie: TrieNode<Uint8Array> | undefined;
          const model = new Map<Hex, Uint8Array>();
          for (const [key, content] of all) {
            trie = putValue(trie, digits(keccak256(key)), hex(key), content);
            model.set(hex(key), content);
          }
          const top = hex(hashTrie(trie, (bytes) => bytes, keccak256));
          for (const key of [...all.map(([one]) => one), ...others]) {
            const path = digits(keccak256(key));
            const nodes = proveTrie(trie, path, (bytes) => bytes, keccak256).map(hex);
            expect(verifyProof(top, hex(key), nodes)).toEqual(model.get(hex(key)));
          }
        },
      ),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 60) },
    );
  });
});
