/**
 * Development settings of an L1, the `config.json` of its chain: full history, small caches, open debugging, no cap on
 * fees (the coin may be cheap), and a database that survives a kill.
 */
export const DEVELOPMENT_CHAIN_CONFIG: Readonly<Record<string, unknown>> = {
  'pruning-enabled': false,
  'historical-proof-query-window': 0, // else block 0 cannot be proved after 43,200 blocks
  'eth-apis': [
    'eth',
    'eth-filter',
    'net',
    'web3',
    'internal-eth',
    'internal-blockchain',
    'internal-transaction',
    'internal-debug',
    'debug',
    'debug-tracer',
  ],
  'database-type': 'leveldb',
  'allow-unprotected-txs': true,
  'rpc-tx-fee-cap': 0,
  'local-txs-enabled': true,
  'warp-api-enabled': true,
  'min-delay-target': 1,
  'trie-clean-cache': 32,
  'trie-dirty-cache': 32,
  'snapshot-cache': 32,
};
