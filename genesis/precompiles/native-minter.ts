import type { Hex } from '../base/hash.js';
import {
  allowListAbi,
  configureAllowList,
  type RoleConfig,
  roleConfigFields,
  verifyAllowList,
} from './allow-list.js';
import { map, pointer, struct } from './json/decode.js';
import { addressKey, quantity256 } from './json/quantities.js';
import type { Precompile } from './precompile.js';

export interface NativeMinterConfig extends RoleConfig {
  /** Wei added to balances at activation; each above 0. */
  readonly initialMint?: ReadonlyMap<string, bigint | undefined> | undefined;
}

const fields = { ...roleConfigFields, initialMint: map(addressKey, pointer(quantity256)) };

/** Enabled accounts may mint the native coin. */
export const nativeMinter: Precompile<NativeMinterConfig> = {
  key: 'contractNativeMinterConfig',
  address: '0x0200000000000000000000000000000000000001',
  title: 'native minter',
  fields: Object.keys(fields),
  decode: struct(fields),
  verify(config, chain) {
    for (const [holder, amount] of config.initialMint ?? []) {
      if (amount === undefined || amount < 1n) {
        return {
          path: `initialMint.${holder}`,
          message: `The initial mint of ${holder} is ${amount ?? 'null'}; it must be above 0.`,
        };
      }
    }
    return verifyAllowList(config, chain);
  },
  configure(config, _chain, state) {
    for (const [holder, amount] of config.initialMint ?? [])
      state.addBalance(holder as Hex, amount!);
    configureAllowList(config, state);
  },
  abi: [
    ...allowListAbi,
    'function mintNativeCoin(address addr, uint256 amount)',
    'event NativeCoinMinted(address indexed sender, address indexed recipient, uint256 amount)',
  ],
};
