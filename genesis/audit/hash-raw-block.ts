import type { Hex } from '../base/hash.js';
import { parseBlock } from '../evm/block.js';
import { hashHeader } from '../evm/chain-block.js';
import type { EvmCrypto } from '../evm/types.js';

/** Hash of a block's header, from the block's bytes; words in its place when the bytes are no block. */
export function hashRawBlock(raw: Hex, crypto: EvmCrypto): string {
  try {
    return hashHeader(parseBlock(raw).header, crypto);
  } catch (error) {
    return `no block: ${(error as Error).message}`;
  }
}
