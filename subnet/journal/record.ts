import type { Hex } from '../../genesis/base/hash.js';

/** What a journal may say. Intent is written before a transaction is sent, the hash before its receipt is awaited. */
export type JournalMessage =
  | {
      readonly kind: 'started';
      readonly planHash: Hex;
      readonly genesisHash: Hex;
      readonly chainId: number;
      readonly deployer: Hex;
    }
  /** A signed transaction that is about to be sent. A second one with the same nonce replaces the first. */
  | {
      readonly kind: 'intended';
      readonly step: string;
      readonly nonce: number;
      readonly hash: Hex;
      readonly raw: Hex;
      /** Decimal numbers; gas in units, fees in wei per gas. */
      readonly gas?: string;
      readonly maxFeePerGas?: string;
      readonly maxPriorityFeePerGas?: string;
    }
  | {
      readonly kind: 'confirmed';
      readonly step: string;
      readonly hash: Hex;
      readonly blockNumber: number;
      readonly gasUsed: number;
    }
  | { readonly kind: 'failed'; readonly step: string; readonly hash: Hex; readonly reason: string }
  /** The nonce went to a transaction that is not in this journal, or can no longer be reached: a new one is signed. */
  | { readonly kind: 'displaced'; readonly step: string; readonly nonce: number }
  | { readonly kind: 'found'; readonly step: string; readonly detail: string }
  | { readonly kind: 'finished' };

/** A message in its place: numbered from 0 and chained to the record before it by SHA-256. */
export interface JournalRecord {
  readonly sequence: number;
  readonly previous: Hex;
  readonly message: JournalMessage;
}
