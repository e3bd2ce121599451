import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../base/hash.js';
import { putValue } from './trie/change-trie.js';
import { digits } from './trie/digits.js';
import { hashTrie } from './trie/hash-trie.js';
import type { TrieNode } from './trie/trie-node.js';
import type { Log, Receipt } from './types.js';

type Keccak = (bytes: Uint8Array) => Uint8Array;

/** Root over a list: key RLP(index), as blocks commit to transactions and receipts. */
export function listRoot(items: readonly Uint8Array[], keccak: Keccak): Hex {
  let trie: TrieNode<Uint8Array> | undefined;
  for (const [index, item] of items.entries())
    trie = putValue(trie, digits(RLP.encode(index)), '0x', item);
  return `0x${bytesToHex(hashTrie(trie, (value) => value, keccak))}`;
}

/** A receipt as the receipts root commits to it: type, status, cumulative gas, bloom, logs. */
export function encodeReceipt(
  receipt: Pick<Receipt, 'type' | 'status' | 'cumulativeGasUsed' | 'logs'>,
  keccak: Keccak,
): Uint8Array {
  const body = RLP.encode([
    receipt.status,
    receipt.cumulativeGasUsed,
    logsBloom(receipt.logs, keccak),
    receipt.logs.map(({ address, topics, data }) => [
      hexToBytes(address.slice(2)),
      topics.map((topic) => hexToBytes(topic.slice(2))),
      hexToBytes(data.slice(2)),
    ]),
  ]);
  if (receipt.type === 0) return body;
  const typed = new Uint8Array(body.length + 1);
  typed[0] = receipt.type;
  typed.set(body, 1);
  return typed;
}

/** Bloom filter of 2,048 bits over addresses and topics: three bits each (Yellow Paper, section 4.4.3). */
export function logsBloom(logs: readonly Log[], keccak: Keccak): Uint8Array {
  const bloom = new Uint8Array(256);
  const add = (value: Hex) => {
    const hash = keccak(hexToBytes(value.slice(2)));
    for (const at of [0, 2, 4]) {
      const bit = ((hash[at]! << 8) | hash[at + 1]!) & 2047;
      bloom[255 - (bit >> 3)]! |= 1 << (bit & 7);
    }
  };
  for (const { address, topics } of logs) {
    add(address);
    for (const topic of topics) add(topic);
  }
  return bloom;
}
