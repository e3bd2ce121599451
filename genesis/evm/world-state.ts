import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../base/hash.js';
import { RlpWriter } from './rlp/rlp-writer.js';
import { getValue, listEntries, putValue, removeValue } from './trie/change-trie.js';
import { digits } from './trie/digits.js';
import { hashTrie, proveTrie } from './trie/hash-trie.js';
import type { TrieNode } from './trie/trie-node.js';

export interface WorldAccount {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly code: Uint8Array;
  readonly codeHash: Uint8Array;
  /** Words without leading zeros by slot. */
  readonly storage: TrieNode<Uint8Array> | undefined;
}

/** What a block leaves of an account; `undefined` removes it. */
export interface AccountChange {
  readonly account: Omit<WorldAccount, 'storage'> | undefined;
  /** Whether the old storage is dropped first. */
  readonly cleared: boolean;
  readonly storage: ReadonlyMap<Hex, Uint8Array>;
}

export interface AccountProof {
  readonly accountProof: readonly Hex[];
  readonly storageHash: Hex;
  readonly storageProof: readonly {
    readonly key: Hex;
    readonly value: bigint;
    readonly proof: readonly Hex[];
  }[];
}

/**
 * All accounts after a block. Immutable: a change gives a new state that shares what did not change, so that every block
 * keeps its own state cheaply.
 */
export class WorldState {
  readonly #paths: Map<Hex, Uint8Array>;
  #root: Uint8Array | undefined;

  private constructor(
    readonly keccak: (bytes: Uint8Array) => Uint8Array,
    readonly trie: TrieNode<WorldAccount> | undefined,
    paths: Map<Hex, Uint8Array>,
  ) {
    this.#paths = paths;
  }

  static empty(keccak: (bytes: Uint8Array) => Uint8Array): WorldState {
    return new WorldState(keccak, undefined, new Map());
  }

  /** State root: 32 bytes. */
  get root(): Uint8Array {
    this.#root ??= hashTrie(this.trie, this.#encodeAccount, this.keccak);
    return this.#root;
  }

  get(address: Hex): WorldAccount | undefined {
    return getValue(this.trie, this.#path(address));
  }

  /** A word without leading zeros; empty when the slot is not set. */
  getStorage(account: WorldAccount | undefined, slot: Hex): Uint8Array {
    return (account && getValue(account.storage, this.#path(slot))) ?? nothing;
  }

  /** Every account by lower-case address, in the order of the trie. */
  *accounts(): Generator<[address: Hex, account: WorldAccount]> {
    yield* listEntries(this.trie);
  }

  /** Every slot that is set, with its word without leading zeros, in the order of the trie. */
  *slots(account: WorldAccount): Generator<[slot: Hex, word: Uint8Array]> {
    yield* listEntries(account.storage);
  }

  storageRoot(account: WorldAccount): Uint8Array {
    return hashTrie(account.storage, encodeWord, this.keccak);
  }

  with(changes: Iterable<readonly [address: Hex, change: AccountChange]>): WorldState {
    let trie = this.trie;
    for (const [address, { account, cleared, storage: writes }] of changes) {
      const path = this.#path(address);
      if (account === undefined) {
        trie = removeValue(trie, path);
        continue;
      }
      let storage = cleared ? undefined : getValue(trie, path)?.storage;
      for (const [slot, word] of writes) {
        const at = this.#path(slot);
        storage = word.length === 0 ? removeValue(storage, at) : putValue(storage, at, slot, word);
      }
      trie = putValue(trie, path, address, { ...account, storage });
    }
    return new WorldState(this.keccak, trie, this.#paths);
  }

  /** Merkle proof of an account and some of its slots, as `eth_getProof` gives it. */
  prove(address: Hex, slots: readonly Hex[]): AccountProof {
    const account = this.get(address);
    return {
      accountProof: proveTrie(this.trie, this.#path(address), this.#encodeAccount, this.keccak).map(
        toHex,
      ),
      storageHash: toHex(hashTrie(account?.storage, encodeWord, this.keccak)),
      storageProof: slots.map((key) => ({
        key,
        value: BigInt(`0x0${bytesToHex(this.getStorage(account, key))}`),
        proof: proveTrie(account?.storage, this.#path(key), encodeWord, this.keccak).map(toHex),
      })),
    };
  }

  readonly #encodeAccount = (account: WorldAccount): Uint8Array => {
    const storageRoot = this.storageRoot(account);
    writer.begin();
    writer.bytes(account.codeHash).bytes(storageRoot);
    return writer.number(account.balance).number(account.nonce).list(0).take();
  };

  /** Digits of a hashed key; hashing is the dear part, so they are kept. */
  #path(key: Hex): Uint8Array {
    let path = this.#paths.get(key);
    if (path === undefined) {
      path = digits(this.keccak(hexToBytes(key.slice(2))));
      if (this.#paths.size > 400_000) this.#paths.clear();
      this.#paths.set(key, path);
    }
    return path;
  }
}

const nothing = new Uint8Array();
const writer = new RlpWriter();

function encodeWord(word: Uint8Array): Uint8Array {
  return RLP.encode(word);
}

function toHex(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}
