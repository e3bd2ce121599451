import { defineCommand } from '../../command.js';
import { planOptions } from '../../options.js';
import { formatTable } from '../../output.js';
import { networkOptions } from './network-options.js';

/** `masa subnet accounts`: who has what, and where the keys are. */
export const command = defineCommand({
  command: 'accounts',
  describe: 'Show the accounts of block 0 with names, balances and keys everybody knows',
  options: {
    ...planOptions,
    ...networkOptions,
    keys: {
      type: 'boolean',
      default: false,
      describe: 'Print the private keys of the public test phrase',
    },
  },
  examples: [['masa subnet accounts --keys', 'keys for a wallet on this machine']],
  async run(argv, context) {
    const { loadNetwork } = await import('./network-options.js');
    const { getNetworkStatus } = await import(
      '../../../subnet/avalanchego/state/get-network-status.js'
    );
    const { getNetworkAccounts } = await import(
      '../../../subnet/avalanchego/state/get-network-accounts.js'
    );
    const { formatTokens } = await import('../../../genesis/base/amount.js');
    const { folder, network } = await loadNetwork(argv, context);
    const status = await getNetworkStatus(folder, network.manifest);
    const { accounts, funding } = await getNetworkAccounts(network, status);
    // Names are the plan's, which the network may have nothing to do with.
    const { compilePlan } = await import('../../compile-plan.js');
    const { compiled, plan } = await compilePlan(argv, context);
    const same = compiled.json === network.genesis;
    const symbol = same ? plan.token.symbol : 'coins';
    const nameOf = (address: string) => (same ? (compiled.names.get(address) ?? '') : '');
    return {
      json: {
        chainId: network.manifest.chain.chainId,
        accounts: accounts.map(({ privateKey, ...account }) => ({
          ...account,
          name: nameOf(account.address) || undefined,
          ...(argv.keys && privateKey !== undefined ? { privateKey } : {}),
        })),
        funding,
      },
      text: [
        formatTable(
          ['account', 'name', symbol, 'sent', 'key'],
          accounts.map((account) => [
            account.address,
            nameOf(account.address),
            formatTokens((account.balance ?? account.genesisBalance) as never),
            account.nonce === undefined || account.contract ? '' : String(account.nonce),
            account.testKey === undefined
              ? account.contract
                ? 'contract'
                : ''
              : argv.keys
                ? account.privateKey!
                : `public test phrase, ${account.testKey}`,
          ]),
        ),
        `P-Chain: ${funding.address} ${funding.nanoAvax === undefined ? '' : `has ${funding.nanoAvax} nAVAX`}`,
        ...(status.complete ? [] : ['The network is not running: balances of block 0 are shown.']),
      ].join('\n'),
    };
  },
});
