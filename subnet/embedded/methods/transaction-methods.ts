import { bytesToHex } from '@noble/hashes/utils.js';
import type { StoredBlock } from '../chain/block-list.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import type { RpcMethod } from '../rpc/answer-rpc.js';
import { formatReceipt } from '../rpc/format-receipt.js';
import { formatTransaction } from '../rpc/format-transaction.js';
import { parseBytes, parseQuantity } from '../rpc/parse-values.js';
import { findBlock } from './find-block.js';

/** Methods that send transactions and read them. */
export function transactionMethods(chain: EmbeddedChain): Record<string, RpcMethod> {
  const { chainId, crypto } = chain.engine;
  const find = (hash: unknown) => {
    const wanted = parseBytes(hash, 'transaction hash', 32);
    const place = chain.blocks.transaction(wanted);
    const transaction =
      place?.stored.block.transactions[place.index] ??
      chain.waiting().find((waiting) => waiting.hash === wanted);
    return { place, transaction };
  };
  const inBlock = (stored: StoredBlock | undefined, position: unknown) => {
    const index = Number(parseQuantity(position, 'index'));
    const transaction = stored?.block.transactions[index];
    return transaction && formatTransaction(transaction, chainId, { stored: stored!, index });
  };
  return {
    eth_sendRawTransaction: ([raw]) => chain.send(parseBytes(raw, 'transaction')),
    eth_getTransactionByHash: ([hash]) => {
      const { place, transaction } = find(hash);
      return transaction && formatTransaction(transaction, chainId, place);
    },
    eth_getRawTransactionByHash: ([hash]) => {
      const { transaction } = find(hash);
      return transaction && `0x${bytesToHex(transaction.raw)}`;
    },
    debug_getRawTransaction: ([hash]) => {
      const { transaction } = find(hash);
      return transaction && `0x${bytesToHex(transaction.raw)}`;
    },
    eth_getTransactionReceipt: ([hash]) => {
      const { place } = find(hash);
      return place && formatReceipt(place, crypto.keccak256);
    },
    eth_getTransactionByBlockNumberAndIndex: async ([block, index]) => {
      const found = await findBlock(chain, block);
      if (block !== 'pending') return inBlock(found, index);
      const waiting = found?.block.transactions[Number(parseQuantity(index, 'index'))];
      return waiting && formatTransaction(waiting, chainId);
    },
    eth_getTransactionByBlockHashAndIndex: ([hash, index]) =>
      inBlock(chain.blocks.byHash(parseBytes(hash, 'block hash', 32)), index),
  };
}
