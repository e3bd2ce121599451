import type { Hex } from '../../base/hash.js';
import {
  allowFeeRecipientsWord,
  blackhole,
  rewardAddressSlot,
} from '../../precompiles/reward-manager.js';
import { addressWord, numberWord } from '../../precompiles/words.js';
import { addressAt, selectorOf, topicOf } from './abi-words.js';
import { requireEnabled, requireWritable } from './allow-list-functions.js';
import {
  gasPrices,
  type PrecompileCall,
  PrecompileFailure,
  type PrecompileFunction,
} from './precompile-call.js';

const rewardAddressChanged = topicOf('RewardAddressChanged(address,address,address)');
const feeRecipientsAllowed = topicOf('FeeRecipientsAllowed(address)');
const rewardsDisabled = topicOf('RewardsDisabled(address)');
const writeGas = gasPrices.writeSlot + gasPrices.readSlot;

function stored({ state, address }: PrecompileCall): Hex {
  return state.getStorage(address, rewardAddressSlot);
}

function change(call: PrecompileCall, word: Hex, topics: () => readonly Hex[], gas: bigint): Hex {
  requireEnabled(call);
  if (call.rules.durango) {
    call.charge(gas);
    call.log(topics(), '0x');
  }
  call.state.setStorage(call.address, rewardAddressSlot, word);
  return '0x';
}

/** Functions of the reward manager, by selector. */
export const rewardManagerFunctions: ReadonlyMap<Hex, PrecompileFunction> = new Map<
  Hex,
  PrecompileFunction
>([
  [
    selectorOf('setRewardAddress(address)'),
    (call) => {
      call.charge(writeGas);
      requireWritable(call);
      if (!call.rules.durango && call.input.length % 32 !== 0)
        throw new PrecompileFailure('input length');
      const target = addressAt(call.input, 0);
      requireEnabled(call);
      if (BigInt(target) === 0n) throw new PrecompileFailure('empty reward address');
      const topics = () => [
        rewardAddressChanged,
        addressWord(call.caller),
        addressWord(`0x${stored(call).slice(26)}`),
        addressWord(target),
      ];
      const gas = gasPrices.log + 4n * gasPrices.logTopic + gasPrices.readSlot;
      return change(call, addressWord(target), topics, gas);
    },
  ],
  [
    selectorOf('allowFeeRecipients()'),
    (call) => {
      call.charge(writeGas);
      requireWritable(call);
      const topics = () => [feeRecipientsAllowed, addressWord(call.caller)];
      return change(call, allowFeeRecipientsWord, topics, gasPrices.log + 2n * gasPrices.logTopic);
    },
  ],
  [
    selectorOf('disableRewards()'),
    (call) => {
      call.charge(writeGas);
      requireWritable(call);
      const topics = () => [rewardsDisabled, addressWord(call.caller)];
      return change(call, addressWord(blackhole), topics, gasPrices.log + 2n * gasPrices.logTopic);
    },
  ],
  [
    selectorOf('currentRewardAddress()'),
    (call) => {
      call.charge(gasPrices.readSlot);
      return addressWord(`0x${stored(call).slice(26)}`);
    },
  ],
  [
    selectorOf('areFeeRecipientsAllowed()'),
    (call) => {
      call.charge(gasPrices.readSlot);
      return numberWord(stored(call) === allowFeeRecipientsWord ? 1n : 0n);
    },
  ],
]);
