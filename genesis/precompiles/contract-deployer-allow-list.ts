import {
  allowListAbi,
  configureAllowList,
  type RoleConfig,
  roleConfigFields,
  verifyAllowList,
} from './allow-list.js';
import { struct } from './json/decode.js';
import type { Precompile } from './precompile.js';

/** Only listed transaction senders may deploy contracts. */
export const contractDeployerAllowList: Precompile<RoleConfig> = {
  key: 'contractDeployerAllowListConfig',
  address: '0x0200000000000000000000000000000000000000',
  title: 'contract deployer allow list',
  fields: Object.keys(roleConfigFields),
  decode: struct(roleConfigFields),
  verify: verifyAllowList,
  configure(config, _chain, state) {
    configureAllowList(config, state);
  },
  abi: allowListAbi,
};
