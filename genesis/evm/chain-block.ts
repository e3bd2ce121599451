import { formatHex } from '../base/format-hex.js';
import type { Hex } from '../base/hash.js';
import { hashGenesis } from '../compile/hash-genesis.js';
import type { ParsedGenesis } from '../compile/parsed-genesis.js';
import { encodeBlock } from './block.js';
import { genesisWorld } from './genesis-world.js';
import { encodeHeader } from './header-codec.js';
import type { SignedTransaction } from './transaction.js';
import type { BlockHeader, EvmCrypto, Receipt, UpgradeEffect } from './types.js';
import type { WorldState } from './world-state.js';

/** A block that was executed, with the state that it leaves. */
export interface ChainBlock {
  readonly hash: Hex;
  readonly header: BlockHeader;
  readonly transactions: readonly SignedTransaction[];
  readonly receipts: readonly Receipt[];
  /** Coins that the upgrades of its time gave or took before the first transaction. */
  readonly upgradeEffects: readonly UpgradeEffect[];
  readonly state: WorldState;
}

/** Block 0 of a genesis. */
export function genesisBlock(genesis: ParsedGenesis, crypto: EvmCrypto): ChainBlock {
  const { blockHash, header, accounts } = hashGenesis(genesis, crypto.keccak256);
  return {
    hash: blockHash,
    header,
    transactions: [],
    receipts: [],
    upgradeEffects: [],
    state: genesisWorld(accounts, crypto.keccak256),
  };
}

/** Hash of a header. */
export function hashHeader(header: BlockHeader, { keccak256 }: EvmCrypto): Hex {
  return formatHex(keccak256(encodeHeader(header)));
}

/** RLP of a block that was executed. */
export function encodeChainBlock({ header, transactions }: ChainBlock): Hex {
  return encodeBlock(
    header,
    transactions.map(({ raw }) => raw),
  );
}
