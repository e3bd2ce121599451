import {
  allowListAbi,
  configureAllowList,
  type RoleConfig,
  roleConfigFields,
  verifyAllowList,
} from './allow-list.js';
import { struct } from './json/decode.js';
import type { Precompile } from './precompile.js';

/** Only listed senders may send transactions. */
export const transactionAllowList: Precompile<RoleConfig> = {
  key: 'txAllowListConfig',
  address: '0x0200000000000000000000000000000000000002',
  title: 'transaction allow list',
  fields: Object.keys(roleConfigFields),
  decode: struct(roleConfigFields),
  verify: verifyAllowList,
  configure(config, _chain, state) {
    configureAllowList(config, state);
  },
  abi: allowListAbi,
};
