import { bytesToHex } from '@noble/hashes/utils.js';
import type { ChainBlock } from '../../../genesis/evm/chain-block.js';
import type { Engine } from '../../../genesis/evm/engine.js';
import { expectedHeader } from '../../../genesis/evm/process-block.js';
import { feeManager, lastChangedAtSlot } from '../../../genesis/precompiles/fee-manager.js';
import type { StoredBlock } from '../chain/block-list.js';
import { earliestTime } from '../chain/earliest-time.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import type { RpcMethod } from '../rpc/answer-rpc.js';
import { formatQuantity } from '../rpc/format-quantity.js';
import { parseQuantity } from '../rpc/parse-values.js';
import { RpcError } from '../rpc/rpc-error.js';
import { findBlock, getBlock } from './find-block.js';

/** Wei per gas that are suggested above the base fee: blocks are never full for long here. */
const suggestedTip = 1n;
/** Blocks that one fee history covers. */
const longestHistory = 1024;

/** Methods about the price of gas. */
export function feeMethods(chain: EmbeddedChain): Record<string, RpcMethod> {
  return {
    eth_gasPrice: () => formatQuantity(chain.pendingBaseFee() + suggestedTip),
    eth_maxPriorityFeePerGas: () => formatQuantity(suggestedTip),
    eth_baseFee: () => formatQuantity(chain.pendingBaseFee()),
    eth_feeHistory: async ([count, newest, percentiles]) => {
      const blocks = Number(
        typeof count === 'number' ? BigInt(Math.floor(count)) : parseQuantity(count, 'blockCount'),
      );
      const wanted = percentiles === undefined || percentiles === null ? undefined : percentiles;
      if (
        wanted !== undefined &&
        (!Array.isArray(wanted) ||
          wanted.some(
            (p, i) => typeof p !== 'number' || p < 0 || p > 100 || p < (wanted[i - 1] ?? 0),
          ))
      ) {
        throw new RpcError('invalidParams', 'percentiles are rising numbers from 0 to 100');
      }
      const end = await getBlock(chain, newest);
      const last = Number(end.block.header.number);
      const length = Math.max(0, Math.min(blocks, longestHistory, last + 1));
      const first = last - length + 1;
      const list = Array.from({ length }, (_, index) => chain.blocks.at(first + index) ?? end);
      const after =
        chain.blocks.at(last + 1)?.block.header.baseFee ??
        (end.block.hash === chain.head.block.hash
          ? chain.pendingBaseFee()
          : baseFeeAfter(chain.engine, end.block));
      return {
        oldestBlock: formatQuantity(first),
        baseFeePerGas: [...list.map(({ block }) => block.header.baseFee ?? 0n), after].map(
          formatQuantity,
        ),
        gasUsedRatio: list.map(
          ({ block: { header } }) => Number(header.gasUsed) / Number(header.gasLimit),
        ),
        ...(wanted !== undefined && {
          reward: list.map((stored) => rewards(stored, wanted as number[]).map(formatQuantity)),
        }),
      };
    },
    eth_feeConfig: async ([reference]) => {
      const { header, state } = (await getBlock(chain, reference)).block;
      const word = chain.engine.rules.enabled(feeManager.key, header.timestamp)
        ? state.getStorage(state.get(feeManager.address), lastChangedAtSlot)
        : new Uint8Array();
      const fees = chain.engine.feesAfter(header, state);
      return {
        feeConfig: Object.fromEntries(
          Object.entries(fees).map(([name, value]) => [name, Number(value)]),
        ),
        lastChangedAt: Number(`0x0${bytesToHex(word)}`),
      };
    },
    eth_suggestPriceOptions: () => {
      const tier = (tip: bigint) => ({
        maxPriorityFeePerGas: formatQuantity(tip),
        maxFeePerGas: formatQuantity(2n * chain.pendingBaseFee() + tip),
      });
      return {
        slow: tier(suggestedTip),
        normal: tier(suggestedTip),
        fast: tier(2n * suggestedTip),
      };
    },
    eth_blobBaseFee: async ([reference]) => (await findBlock(chain, reference)) && '0x1',
  };
}

/** Base fee of the earliest child of a block that is not made yet. */
function baseFeeAfter(engine: Engine, block: ChainBlock): bigint {
  const timestamp = earliestTime(engine, block) / 1000n;
  const { coinbase } = block.header;
  return expectedHeader(engine, block, { timestamp, coinbase }).baseFee ?? 0n;
}

/** Tips at percentiles of a block's gas. */
function rewards({ block }: StoredBlock, percentiles: readonly number[]): bigint[] {
  const baseFee = block.header.baseFee ?? 0n;
  const tips = block.receipts
    .map(({ effectiveGasPrice, gasUsed }) => ({ tip: effectiveGasPrice - baseFee, gasUsed }))
    .sort((a, b) => (a.tip < b.tip ? -1 : a.tip > b.tip ? 1 : 0));
  return percentiles.map((percentile) => {
    const target = (Number(block.header.gasUsed) * percentile) / 100;
    let sum = 0;
    for (const { tip, gasUsed } of tips) {
      sum += Number(gasUsed);
      if (sum >= target) return tip;
    }
    return 0n;
  });
}
