import type { Hex } from '../../base/hash.js';

/** Nodes are immutable; a change makes new nodes on one path and shares the rest, so old roots stay valid. */
export type TrieNode<V> = Leaf<V> | Extension<V> | Branch<V>;

export interface Leaf<V> {
  readonly kind: 'leaf';
  /** Remaining digits (0 to 15) below the parent. */
  readonly path: Uint8Array;
  /** The key before it was hashed, for listings. */
  readonly key: Hex;
  readonly value: V;
  /** Cached encoding as it stands in the parent. */
  reference?: Uint8Array;
}

export interface Extension<V> {
  readonly kind: 'extension';
  readonly path: Uint8Array;
  readonly child: TrieNode<V>;
  reference?: Uint8Array;
}

export interface Branch<V> {
  readonly kind: 'branch';
  /** Sixteen places. No key is the beginning of another, so branches hold no value. */
  readonly children: readonly (TrieNode<V> | undefined)[];
  reference?: Uint8Array;
}
