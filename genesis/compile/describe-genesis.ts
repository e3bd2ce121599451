import { formatTokens, type Wei } from '../base/amount.js';
import type { Hex } from '../base/hash.js';
import type { RoleConfig } from '../precompiles/allow-list.js';
import { feeConfigFields } from '../precompiles/fee-config.js';
import type { FeeManagerConfig } from '../precompiles/fee-manager.js';
import { precompiles } from '../precompiles/registry.js';
import { blackhole, type RewardManagerConfig } from '../precompiles/reward-manager.js';
import type { WarpConfig } from '../precompiles/warp.js';
import { hashGenesis } from './hash-genesis.js';
import { type ParsedGenesis, upgradeNames } from './parsed-genesis.js';

/** What is known of addresses: the name of an account or contract by lower-case address. */
type AddressNames = ReadonlyMap<string, string>;

/** One line of an explanation. */
export interface DescriptionRow {
  readonly name: string;
  readonly value: string;
}

/** A genesis in words, part by part. */
export interface GenesisDescription {
  readonly header: readonly DescriptionRow[];
  readonly upgrades: readonly DescriptionRow[];
  readonly fees: readonly DescriptionRow[];
  readonly precompiles: readonly DescriptionRow[];
  readonly accounts: readonly DescriptionRow[];
}

/** Names that every genesis shares. */
const commonNames: AddressNames = new Map([
  ...precompiles.map(({ address, title }) => [address, `${title} (precompile)`] as const),
  [blackhole, 'blackhole (burned fees)'],
  ['0x4e59b44847b379578588920ca78fbf26c0b4956c', 'CREATE2 factory'],
]);

/** Explains a genesis: header, upgrades, fees, precompiles with their roles, and what each account is. */
export function describeGenesis(
  genesis: ParsedGenesis,
  names: AddressNames = new Map(),
): GenesisDescription {
  const { config } = genesis;
  const name = (address: string) => {
    const known = names.get(address) ?? commonNames.get(address);
    return known === undefined ? address : `${address} ${known}`;
  };
  const { blockHash, header, accounts } = hashGenesis(genesis);
  return {
    header: [
      { name: 'chain id', value: String(config.chainId ?? 'absent') },
      { name: 'block hash', value: blockHash },
      ...Object.entries(header)
        .filter(([key, value]) => value !== undefined && key !== 'logsBloom')
        .map(([key, value]) => ({ name: key, value: String(value) })),
    ],
    upgrades: upgradeNames.map((upgrade) => ({
      name: upgrade,
      value: describeTime(config.upgrades[upgrade], genesis.timestamp),
    })),
    fees: feeConfigFields.map((field) => ({ name: field, value: String(config.feeConfig[field]) })),
    precompiles: precompiles.flatMap(({ key, title }) => {
      const own = config.precompiles.get(key);
      if (own === undefined) return [{ name: title, value: 'off' }];
      const roles = own as RoleConfig;
      const rewards = (own as RewardManagerConfig).initialRewardConfig;
      const fees = (own as FeeManagerConfig).initialFeeConfig;
      const { quorumNumerator } = own as WarpConfig;
      return [
        {
          name: title,
          value:
            own.blockTimestamp === undefined
              ? 'never (no blockTimestamp)'
              : describeTime(own.blockTimestamp, genesis.timestamp),
        },
        ...(['admin', 'manager', 'enabled'] as const).flatMap((role) =>
          (roles[`${role}Addresses`] ?? []).map((holder) => ({
            name: `  ${role}`,
            value: name(holder!),
          })),
        ),
        ...(rewards === undefined
          ? []
          : [
              {
                name: '  fees go to',
                value: rewards.allowFeeRecipients
                  ? 'each validator’s fee recipient'
                  : name(
                      BigInt(rewards.rewardAddress ?? '0x0') ? rewards.rewardAddress! : blackhole,
                    ),
              },
            ]),
        ...(fees === undefined
          ? []
          : [{ name: '  own fees', value: `minBaseFee ${fees.minBaseFee}` }]),
        ...(key === 'warpConfig'
          ? [{ name: '  quorum', value: `${quorumNumerator || 67n} %` }]
          : []),
      ];
    }),
    accounts: [...accounts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([address, account]) => ({
        name: name(address),
        value: describeAccount(account.balance, account.nonce, account.code, account.storage.size),
      })),
  };
}

function describeTime(at: bigint | undefined, genesisTime: bigint): string {
  if (at === undefined) return 'never';
  return at <= genesisTime ? `active from block 0 (${at})` : `later, at ${at}`;
}

function describeAccount(balance: bigint, nonce: bigint, code: Hex, slots: number): string {
  const parts = [`${formatTokens(balance as Wei)} tokens`];
  if (nonce > 0n) parts.push(`nonce ${nonce}`);
  if (code !== '0x') parts.push(`code of ${code.length / 2 - 1} bytes`);
  if (slots > 0) parts.push(`${slots} storage slot${slots === 1 ? '' : 's'}`);
  return parts.join(', ');
}
