import { parseAbi, toEventSelector, toFunctionSelector } from 'viem';
import { describe, expect, it } from 'vitest';
import { precompiles } from './registry.js';

/** Selectors and topics of Subnet-EVM v1.14.2's own ABI files. */
const roles = {
  RoleSet: '0xcdb7ea01f00a414d78757bdb0f6391664ba3fedf987eed280927c1e7d695be3e',
  readAllowList: '0xeb54dae1',
  setAdmin: '0x704b6c02',
  setEnabled: '0x0aaf7043',
  setManager: '0xd0ebdbe7',
  setNone: '0x8c6bfb3b',
};
const upstream: Record<string, Record<string, string>> = {
  contractDeployerAllowListConfig: roles,
  contractNativeMinterConfig: {
    ...roles,
    NativeCoinMinted: '0x400cd392f3d56fd10bb1dbd5839fdda8298208ddaa97b368faa053e1850930ee',
    mintNativeCoin: '0x4f5aaaba',
  },
  txAllowListConfig: roles,
  feeManagerConfig: {
    ...roles,
    FeeConfigChanged: '0x4c98e43adb5962c18f3f0e6dd066e2a2de258d3b4f695b317b77c8f27cd044fc',
    getFeeConfig: '0x5fbbc0d2',
    getFeeConfigLastChangedAt: '0x9e05549a',
    setFeeConfig: '0x8f10b586',
  },
  rewardManagerConfig: {
    ...roles,
    FeeRecipientsAllowed: '0xabb1949bd129fef9b84601a48aee89d600d90074ca10216a02ce43996be55991',
    RewardAddressChanged: '0xc2a9e07cba6f4920acaa5933bd0406949d5dbef7ee698e786ea23e8708f32a6c',
    RewardsDisabled: '0xeb121f0335efe8f4b8ebef7793c18c171834696989656a8c345acc558359fabf',
    allowFeeRecipients: '0x0329099f',
    areFeeRecipientsAllowed: '0xf6542b2e',
    currentRewardAddress: '0xe915608b',
    disableRewards: '0xbc178628',
    setRewardAddress: '0x5e00e679',
  },
  warpConfig: {
    SendWarpMessage: '0x56600c567728a800c0aa927500f831cb451df66a7af570eb4df4dfbf4674887d',
    getBlockchainID: '0x4213cf78',
    getVerifiedWarpBlockHash: '0xce7f5929',
    getVerifiedWarpMessage: '0x6f825350',
    sendWarpMessage: '0xee5b48eb',
  },
};

describe('ABIs of the precompiles', () => {
  for (const { key, abi } of precompiles) {
    it(`given ${key}, selectors and topics are the node’s`, () => {
      const own: Record<string, string> = {};
      for (const entry of parseAbi(abi)) {
        if (entry.type === 'function') own[entry.name] = toFunctionSelector(entry);
        if (entry.type === 'event') own[entry.name] = toEventSelector(entry);
      }
      expect(own).toEqual(upstream[key]);
    });
  }
});
