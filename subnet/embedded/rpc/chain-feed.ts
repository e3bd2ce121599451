import type { StoredBlock } from '../chain/block-list.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import { logsOfBlock } from '../methods/log-methods.js';
import { formatHeader } from './format-block.js';
import { formatTransaction } from './format-transaction.js';
import { parseLogFilter } from './parse-log-filter.js';
import { RpcError } from './rpc-error.js';
import type { RpcFeed } from './serve-websocket.js';

/** What WebSocket clients subscribe to. */
export function chainFeed(chain: EmbeddedChain): RpcFeed {
  const listen = <E>(listeners: Set<(event: E) => void>, listener: (event: E) => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  return {
    listen(kind, filter, send) {
      if (kind === 'newHeads')
        return listen(chain.onBlock, ({ block }) => send(formatHeader(block.header, block.hash)));
      if (kind === 'logs') {
        const wanted = parseLogFilter(filter, chain.engine.crypto.keccak256);
        return listen(chain.onBlock, (stored: StoredBlock) => {
          for (const log of logsOfBlock(stored, wanted)) send(log);
        });
      }
      if (kind === 'newPendingTransactions') {
        return listen(chain.onTransaction, (transaction) =>
          send(
            filter === true
              ? formatTransaction(transaction, chain.engine.chainId)
              : transaction.hash,
          ),
        );
      }
      throw new RpcError(
        'invalidParams',
        `no subscription "${kind.slice(0, 40)}"; there are newHeads, logs, newPendingTransactions`,
      );
    },
  };
}
