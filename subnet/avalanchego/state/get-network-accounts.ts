import type { Hex } from '../../../genesis/base/hash.js';
import { parseGenesis } from '../../../genesis/compile/parse-genesis.js';
import { listTestAccounts } from '../keys/list-test-accounts.js';
import { callJsonRpc } from '../process/call-json-rpc.js';
import type { NetworkStatus } from './get-network-status.js';
import type { StoredNetwork } from './read-network.js';

/** An account of block 0. */
export interface AccountStatus {
  readonly address: Hex;
  readonly contract: boolean;
  /** Wei in block 0. */
  readonly genesisBalance: bigint;
  /** Wei and transactions sent as of now; absent when no node answers. */
  readonly balance?: bigint | undefined;
  readonly nonce?: number | undefined;
  /** Number of its key in the public test phrase. */
  readonly testKey?: number | undefined;
  /** That key, which everybody knows. */
  readonly privateKey?: Hex | undefined;
}

export interface NetworkAccounts {
  readonly accounts: readonly AccountStatus[];
  /** The P-Chain account that owns the subnet. */
  readonly funding: { readonly address: string; readonly nanoAvax?: string | undefined };
}

/** Accounts that the genesis of a network's L1 names, richest first, and who holds their keys. */
export async function getNetworkAccounts(
  { genesis, upgrade, manifest }: StoredNetwork,
  status: NetworkStatus,
): Promise<NetworkAccounts> {
  const keys = new Map(listTestAccounts().map((account) => [account.address, account]));
  const rpcUrl = status.nodes.find((node) => node.rpcUrl !== undefined)?.rpcUrl;
  const ask = async (method: string, address: Hex) =>
    rpcUrl === undefined
      ? undefined
      : callJsonRpc<string>(rpcUrl, method, [address, 'latest']).catch(() => undefined);
  const { alloc } = parseGenesis(genesis, { upgradeText: upgrade });
  const accounts = await Promise.all(
    [...alloc].map(async ([address, { balance: genesisBalance, code }]): Promise<AccountStatus> => {
      const [balance, nonce] = await Promise.all([
        ask('eth_getBalance', address),
        ask('eth_getTransactionCount', address),
      ]);
      const key = keys.get(address);
      return {
        address,
        contract: code !== '0x',
        genesisBalance,
        balance: balance === undefined ? undefined : BigInt(balance),
        nonce: nonce === undefined ? undefined : Number(nonce),
        testKey: key?.index,
        privateKey: key?.privateKey,
      };
    }),
  );
  const worth = (one: AccountStatus) => one.balance ?? one.genesisBalance;
  const primary = status.nodes.find((node) => node.pHeight !== undefined);
  const funds =
    primary === undefined
      ? undefined
      : await callJsonRpc<{ balance: string }>(`${primary.uri}/ext/bc/P`, 'platform.getBalance', {
          addresses: [manifest.fundingAddress],
        }).catch(() => undefined);
  return {
    accounts: accounts.sort((a, b) => (worth(a) < worth(b) ? 1 : worth(a) > worth(b) ? -1 : 0)),
    funding: { address: manifest.fundingAddress, nanoAvax: funds?.balance },
  };
}
