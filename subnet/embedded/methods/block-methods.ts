import { formatHex } from '../../../genesis/base/format-hex.js';
import { encodeChainBlock } from '../../../genesis/evm/chain-block.js';
import { encodeHeader } from '../../../genesis/evm/header-codec.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import type { RpcMethod } from '../rpc/answer-rpc.js';
import { formatBlock } from '../rpc/format-block.js';
import { formatQuantity } from '../rpc/format-quantity.js';
import { formatReceipt } from '../rpc/format-receipt.js';
import { formatTransaction } from '../rpc/format-transaction.js';
import { parseBytes } from '../rpc/parse-values.js';
import { findBlock, getBlock } from './find-block.js';

/** Methods that read blocks. */
export function blockMethods(chain: EmbeddedChain): Record<string, RpcMethod> {
  const { chainId, crypto } = chain.engine;
  const block: RpcMethod = async ([reference, whole]) => {
    const found = await findBlock(chain, reference);
    if (found === undefined) return undefined;
    if (reference !== 'pending') return formatBlock(found, whole === true, chainId);
    // What is not made yet has no hash, as nodes say it.
    const { transactions } = found.block;
    return {
      ...formatBlock(found, false, chainId),
      hash: null,
      nonce: null,
      miner: null,
      ...(whole === true && {
        transactions: transactions.map((one) => formatTransaction(one, chainId)),
      }),
    };
  };
  const count: RpcMethod = async ([reference]) => {
    const found = await findBlock(chain, reference);
    return found && formatQuantity(found.block.transactions.length);
  };
  const byHash = (method: RpcMethod): RpcMethod => {
    return ([hash, ...rest]) =>
      method([{ blockHash: parseBytes(hash, 'block hash', 32) }, ...rest]);
  };
  return {
    eth_blockNumber: () => formatQuantity(chain.head.block.header.number),
    eth_getBlockByNumber: block,
    eth_getBlockByHash: byHash(block),
    eth_getBlockTransactionCountByNumber: count,
    eth_getBlockTransactionCountByHash: byHash(count),
    eth_getUncleCountByBlockNumber: () => '0x0',
    eth_getUncleCountByBlockHash: () => '0x0',
    eth_getBlockReceipts: async ([reference]) => {
      const stored = await findBlock(chain, reference);
      return stored?.block.transactions.map((_, index) =>
        formatReceipt({ stored, index }, crypto.keccak256),
      );
    },
    debug_getRawBlock: async ([reference]) =>
      encodeChainBlock((await getBlock(chain, reference)).block),
    debug_getRawHeader: async ([reference]) =>
      formatHex(encodeHeader((await getBlock(chain, reference)).block.header)),
  };
}
