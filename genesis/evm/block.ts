import { RLP } from '@ethereumjs/rlp';
import { hexToBytes } from '@noble/hashes/utils.js';
import { ToolkitError } from '../base/errors.js';
import { formatHex } from '../base/format-hex.js';
import type { Hex } from '../base/hash.js';
import { encodeHeader, parseHeader } from './header-codec.js';
import { RlpWriter } from './rlp/rlp-writer.js';
import type { BlockHeader } from './types.js';

const writer = new RlpWriter();

/** A block's parts: its header, and its transactions as its encoding holds them. */
export interface Block {
  readonly header: BlockHeader;
  /** A list for a legacy transaction, bytes for a typed one. */
  readonly transactions: readonly (Uint8Array | unknown[])[];
  readonly uncles: number;
}

/** RLP of a block. */
export function encodeBlock(header: BlockHeader, transactions: readonly Uint8Array[]): Hex {
  const head = encodeHeader(header);
  writer.begin();
  writer.list(0);
  const end = writer.end();
  for (let index = transactions.length - 1; index >= 0; index -= 1) {
    const raw = transactions[index]!;
    // A legacy transaction is a list and stands as it is, a typed one as a string.
    if (raw[0]! >= 0xc0) writer.encoded(raw);
    else writer.bytes(raw);
  }
  return formatHex(writer.list(end).encoded(head).list(0).take());
}

/**
 * Reads a block's RLP.
 *
 * @throws ToolkitError `BLOCK_ENCODING`.
 */
export function parseBlock(raw: Hex): Block {
  let items: unknown;
  try {
    items = RLP.decode(hexToBytes(raw.slice(2)));
  } catch (cause) {
    throw new ToolkitError({
      code: 'BLOCK_ENCODING',
      message: `The bytes are not RLP: ${(cause as Error).message}`,
      cause,
    });
  }
  if (
    !Array.isArray(items) ||
    items.length !== 3 ||
    !Array.isArray(items[1]) ||
    !Array.isArray(items[2])
  ) {
    throw new ToolkitError({
      code: 'BLOCK_ENCODING',
      message: 'A block is a list of header, transactions and uncles.',
      next: 'The bytes are not a Subnet-EVM block; ask another node.',
    });
  }
  return {
    header: parseHeader(items[0]),
    transactions: items[1] as (Uint8Array | unknown[])[],
    uncles: items[2].length,
  };
}
