import type { StoredBlock } from '../chain/block-list.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import { matchesBloom } from '../chain/matches-bloom.js';
import type { RpcMethod } from '../rpc/answer-rpc.js';
import { formatQuantity } from '../rpc/format-quantity.js';
import { formatLogs, type RpcLog } from '../rpc/format-receipt.js';
import { type LogFilter, matchesLog, parseLogFilter } from '../rpc/parse-log-filter.js';
import { parseObject } from '../rpc/parse-message.js';
import { parseBytes } from '../rpc/parse-values.js';
import { RpcError } from '../rpc/rpc-error.js';
import { getBlock } from './find-block.js';

interface Filter {
  readonly request: unknown;
  /** Takes what came since the last time. */
  drain(): readonly unknown[];
  stop(): void;
}

/** Filters that one chain keeps; the oldest goes when there are more. */
const mostFilters = 10_000;

/** The logs of a block that a filter wants; without a look at its receipts when its bloom has none of them. */
export function logsOfBlock(stored: StoredBlock, filter: LogFilter): RpcLog[] {
  const { logsBloom } = stored.block.header;
  if (!filter.bits.every((any) => any.some((bits) => matchesBloom(logsBloom, bits)))) return [];
  return stored.block.transactions
    .flatMap((_, index) => formatLogs({ stored, index }))
    .filter((log) => matchesLog(filter, log));
}

/** `eth_getLogs` and the filters that clients poll. */
export function logMethods(chain: EmbeddedChain): Record<string, RpcMethod> {
  const filters = new Map<string, Filter>();
  let last = 0;
  const keep = (filter: Filter) => {
    last += 1;
    const id = formatQuantity(last);
    filters.set(id, filter);
    if (filters.size > mostFilters) remove(filters.keys().next().value!);
    return id;
  };
  const remove = (id: string) => {
    filters.get(id)?.stop();
    return filters.delete(id);
  };
  const find = (id: unknown): Filter => {
    // What was mined last must have reached the filters.
    chain.blocks.settle();
    const found = filters.get(String(id));
    if (found === undefined) throw new RpcError('rejected', 'filter not found');
    return found;
  };
  /** Collects what happens on the chain until the filter is removed. */
  const collect = <E>(
    listeners: Set<(event: E) => void>,
    request: unknown,
    read: (event: E) => readonly unknown[],
  ) => {
    let found: unknown[] = [];
    const listener = (event: E) => {
      found.push(...read(event));
    };
    listeners.add(listener);
    return keep({
      request,
      drain: () => {
        const taken = found;
        found = [];
        return taken;
      },
      stop: () => listeners.delete(listener),
    });
  };
  return {
    eth_getLogs: ([filter]) => findLogs(chain, filter),
    eth_newFilter: ([request]) => {
      const filter = parseLogFilter(request, chain.engine.crypto.keccak256);
      return collect(chain.onBlock, request, (stored: StoredBlock) => logsOfBlock(stored, filter));
    },
    eth_newBlockFilter: () => collect(chain.onBlock, undefined, ({ block }) => [block.hash]),
    eth_newPendingTransactionFilter: () =>
      collect(chain.onTransaction, undefined, ({ hash }) => [hash]),
    eth_getFilterChanges: ([id]) => find(id).drain(),
    eth_getFilterLogs: ([id]) => {
      const { request } = find(id);
      if (request === undefined) throw new RpcError('rejected', 'filter not found');
      return findLogs(chain, request);
    },
    eth_uninstallFilter: ([id]) => remove(String(id)),
  };
}

/** The logs of a range of blocks, or of one by its hash. @throws RpcError -32602 for a range backwards. */
async function findLogs(chain: EmbeddedChain, request: unknown): Promise<RpcLog[]> {
  const filter = parseLogFilter(request, chain.engine.crypto.keccak256);
  const { fromBlock, toBlock, blockHash } = parseObject(request ?? {}, 'filter');
  if (blockHash !== undefined && blockHash !== null) {
    if (fromBlock !== undefined || toBlock !== undefined)
      throw new RpcError('invalidParams', 'give either blockHash or fromBlock and toBlock');
    const hash = parseBytes(blockHash, 'blockHash', 32);
    return logsOfBlock(await getBlock(chain, { blockHash: hash }), filter);
  }
  // What is not mined has no logs yet: `pending` ends at the latest block.
  const end = async (value: unknown) => {
    const number = typeof value === 'string' && /^0x[0-9a-f]+$/i.test(value) ? BigInt(value) : null;
    const { block } =
      number === null && value !== 'pending' ? await getBlock(chain, value) : chain.head;
    return Number(number ?? block.header.number);
  };
  const first = await end(fromBlock);
  const last = await end(toBlock);
  if (toBlock !== undefined && last < first)
    throw new RpcError('invalidParams', `invalid block range: ${first} comes after ${last}`);
  const final = Math.min(last, chain.blocks.length - 1);
  const found: RpcLog[] = [];
  for (let number = first; number <= final; number += 1) {
    for (const log of logsOfBlock(chain.blocks.at(number)!, filter)) found.push(log);
  }
  return found;
}
