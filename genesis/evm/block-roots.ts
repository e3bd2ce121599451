import { RLP } from '@ethereumjs/rlp';
import { hexToBytes } from '@noble/hashes/utils.js';
import { formatHex } from '../base/format-hex.js';
import type { Hex } from '../base/hash.js';
import { RlpWriter } from './rlp/rlp-writer.js';
import { putValue } from './trie/change-trie.js';
import { digits } from './trie/digits.js';
import { hashTrie } from './trie/hash-trie.js';
import type { TrieNode } from './trie/trie-node.js';
import type { Log, Receipt } from './types.js';

const writer = new RlpWriter();

type Keccak = (bytes: Uint8Array) => Uint8Array;

/** Root over a list: key RLP(index), as blocks commit to transactions and receipts. */
export function listRoot(items: readonly Uint8Array[], keccak: Keccak): Hex {
  let trie: TrieNode<Uint8Array> | undefined;
  for (const [index, item] of items.entries())
    trie = putValue(trie, digits(RLP.encode(index)), '0x', item);
  return formatHex(hashTrie(trie, (value) => value, keccak));
}

/** A receipt as the receipts root commits to it: type, status, cumulative gas, bloom, logs. */
export function encodeReceipt(
  receipt: Pick<Receipt, 'type' | 'status' | 'cumulativeGasUsed' | 'logs'>,
  keccak: Keccak,
): Uint8Array {
  const { type, status, cumulativeGasUsed, logs } = receipt;
  writer.begin();
  for (let at = logs.length - 1; at >= 0; at -= 1) {
    const { address, topics, data } = logs[at]!;
    const end = writer.end();
    writer.hex(data);
    const topicsEnd = writer.end();
    for (let index = topics.length - 1; index >= 0; index -= 1) writer.hex(topics[index]!);
    writer.list(topicsEnd).hex(address).list(end);
  }
  writer.list(0).bytes(logsBloom(logs, keccak));
  writer.number(cumulativeGasUsed).number(BigInt(status)).list(0);
  if (type !== 0) writer.encoded(Uint8Array.of(type));
  return writer.take();
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

const emptyBloom: Hex = `0x${'0'.repeat(512)}`;

/** Bloom filter over all logs of a block, as its header holds it. */
export function blockBloom(receipts: readonly Pick<Receipt, 'logs'>[], keccak: Keccak): Hex {
  const logs = receipts.flatMap((receipt) => receipt.logs);
  return logs.length === 0 ? emptyBloom : formatHex(logsBloom(logs, keccak));
}
