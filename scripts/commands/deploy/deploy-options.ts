import { planOptions } from '../../options.js';

/** Options of every deploy command. */
export const deployOptions = {
  ...planOptions,
  rpc: {
    type: 'string',
    default: 'http://127.0.0.1:8545',
    describe: 'JSON-RPC address of the chain',
  },
  out: {
    type: 'string',
    describe: 'Folder of journal, genesis and manifest (default: .masa/deploy/<chain id>)',
  },
  'existing-chain': {
    type: 'boolean',
    default: false,
    describe:
      'The chain was not started from the plan: make every contract, not only what block 0 lacks',
  },
} as const;

/** Options of the commands that send transactions. */
export const sendOptions = {
  ...deployOptions,
  'key-file': {
    type: 'string',
    array: true,
    describe: 'File with the private key of a sender, mode 0600; not needed for local overlays',
  },
  'max-fee': {
    type: 'string',
    describe:
      'Highest fee per gas in gwei, also of replacements (default: 20 times the lowest of the plan)',
  },
} as const;
