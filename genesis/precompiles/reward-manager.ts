import type { Hex } from '../base/hash.js';
import {
  allowListAbi,
  configureAllowList,
  type RoleConfig,
  roleConfigFields,
  verifyAllowList,
} from './allow-list.js';
import { bool, pointer, struct } from './json/decode.js';
import { address } from './json/quantities.js';
import type { Precompile } from './precompile.js';
import { addressWord, textWord } from './words.js';

/** Who gets the fees: validators' own recipients, one address, or (neither) the blackhole. */
export interface InitialRewardConfig {
  readonly allowFeeRecipients?: boolean | undefined;
  readonly rewardAddress?: Hex | undefined;
}

export interface RewardManagerConfig extends RoleConfig {
  readonly initialRewardConfig?: InitialRewardConfig | undefined;
}

/** Slot of the reward address. */
export const rewardAddressSlot = textWord('rask');
/** Value of the slot when validators choose their own recipient. */
export const allowFeeRecipientsWord = textWord('afrav');
/** Where fees are burned. */
export const blackhole: Hex = '0x0100000000000000000000000000000000000000';

const zeroAddress = `0x${'0'.repeat(40)}`;
const fields = {
  ...roleConfigFields,
  initialRewardConfig: pointer(struct({ allowFeeRecipients: bool, rewardAddress: address })),
};

/** Enabled accounts may direct the fees. */
export const rewardManager: Precompile<RewardManagerConfig> = {
  key: 'rewardManagerConfig',
  address: '0x0200000000000000000000000000000000000004',
  title: 'reward manager',
  fields: Object.keys(fields),
  decode: struct(fields),
  verify(config, chain) {
    const rewards = config.initialRewardConfig;
    if (rewards?.allowFeeRecipients && (rewards.rewardAddress ?? zeroAddress) !== zeroAddress) {
      return {
        path: 'initialRewardConfig',
        message: 'allowFeeRecipients and rewardAddress are both set; only one may be.',
      };
    }
    return verifyAllowList(config, chain);
  },
  configure(config, chain, state) {
    const rewards = config.initialRewardConfig ?? { allowFeeRecipients: chain.allowFeeRecipients };
    const target = rewards.rewardAddress ?? zeroAddress;
    state.setStorage(
      rewardAddressSlot,
      rewards.allowFeeRecipients
        ? allowFeeRecipientsWord
        : addressWord(target === zeroAddress ? blackhole : (target as Hex)),
    );
    configureAllowList(config, state);
  },
  abi: [
    ...allowListAbi,
    'function setRewardAddress(address addr)',
    'function allowFeeRecipients()',
    'function disableRewards()',
    'function currentRewardAddress() view returns (address rewardAddress)',
    'function areFeeRecipientsAllowed() view returns (bool isAllowed)',
    'event RewardAddressChanged(address indexed sender, address indexed oldRewardAddress, address indexed newRewardAddress)',
    'event FeeRecipientsAllowed(address indexed sender)',
    'event RewardsDisabled(address indexed sender)',
  ],
};
