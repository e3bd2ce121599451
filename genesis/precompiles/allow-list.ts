import type { Hex } from '../base/hash.js';
import { bool, pointer, slice, uint64 } from './json/decode.js';
import { address } from './json/quantities.js';
import type { Activation, PrecompileChain, PrecompileState } from './precompile.js';
import type { Violation } from './violation.js';
import { addressWord, numberWord } from './words.js';

/** Initial holders of the roles of a precompile. */
export interface AllowListConfig {
  readonly adminAddresses?: readonly (Hex | undefined)[] | undefined;
  /** Only from Durango on. */
  readonly managerAddresses?: readonly (Hex | undefined)[] | undefined;
  readonly enabledAddresses?: readonly (Hex | undefined)[] | undefined;
}

/** A configuration with roles. */
export type RoleConfig = Activation & AllowListConfig;

/** Role numbers as `readAllowList` answers and storage holds them. */
export const roles = { none: 0n, enabled: 1n, admin: 2n, manager: 3n } as const;

/** Decoders of the role lists. */
const allowListFields = {
  adminAddresses: slice(address),
  managerAddresses: slice(address),
  enabledAddresses: slice(address),
};

/** Decoders of a configuration with roles and an activation time. */
export const roleConfigFields = {
  ...allowListFields,
  blockTimestamp: pointer(uint64),
  disable: bool,
};

/** Storage slot of an account's role. */
export function roleSlot(holder: Hex): Hex {
  return addressWord(holder);
}

/** The first rule that the role lists break: no address twice, managers only from Durango on. */
export function verifyAllowList(
  config: AllowListConfig & Activation,
  chain: PrecompileChain,
): Violation | undefined {
  const seen = new Map<Hex, string>();
  for (const list of ['enabledAddresses', 'adminAddresses', 'managerAddresses'] as const) {
    const holders = config[list] ?? [];
    const time = config.blockTimestamp;
    if (list === 'managerAddresses' && holders.length > 0 && time !== undefined) {
      if (!chain.isDurango(time)) {
        return {
          path: list,
          message: `Managers are not allowed before Durango (blockTimestamp ${time}).`,
        };
      }
    }
    for (const [index, holder] of holders.entries()) {
      const other = seen.get(holder!);
      if (other !== undefined) {
        return {
          path: `${list}[${index}]`,
          message: `${holder} stands in ${other} already; an address holds one role, once.`,
        };
      }
      seen.set(holder!, list);
    }
  }
  return undefined;
}

/** Writes the roles. */
export function configureAllowList(config: AllowListConfig, state: PrecompileState): void {
  for (const holder of config.enabledAddresses ?? []) {
    state.setStorage(roleSlot(holder!), numberWord(roles.enabled));
  }
  for (const holder of config.adminAddresses ?? []) {
    state.setStorage(roleSlot(holder!), numberWord(roles.admin));
  }
  for (const holder of config.managerAddresses ?? []) {
    state.setStorage(roleSlot(holder!), numberWord(roles.manager));
  }
}

/** ABI of every precompile with roles. */
export const allowListAbi = [
  'function setAdmin(address addr)',
  'function setManager(address addr)',
  'function setEnabled(address addr)',
  'function setNone(address addr)',
  'function readAllowList(address addr) view returns (uint256 role)',
  'event RoleSet(uint256 indexed role, address indexed account, address indexed sender, uint256 oldRole)',
] as const;
