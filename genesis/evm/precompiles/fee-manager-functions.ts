import type { Hex } from '../../base/hash.js';
import { type FeeConfig, feeConfigFields, verifyFeeConfig } from '../../precompiles/fee-config.js';
import { feeConfigSlot, lastChangedAtSlot } from '../../precompiles/fee-manager.js';
import { addressWord, numberWord } from '../../precompiles/words.js';
import { selectorOf, topicOf, wordAt } from './abi-words.js';
import { requireEnabled, requireLength, requireWritable } from './allow-list-functions.js';
import {
  gasPrices,
  type PrecompileAccess,
  PrecompileFailure,
  type PrecompileFunction,
} from './precompile-call.js';

const fieldCount = BigInt(feeConfigFields.length);
const tuple = `(${feeConfigFields.map(() => 'uint256').join(',')})`;
const feeConfigChanged = topicOf(`FeeConfigChanged(address,${tuple},${tuple})`);
const readGas = gasPrices.readSlot * fieldCount;
const changedGas =
  readGas + gasPrices.log + 2n * gasPrices.logTopic + 2n * 32n * fieldCount * gasPrices.logByte;

/** The fee configuration that the precompile's storage holds. */
export function readFeeConfig(
  state: Pick<PrecompileAccess, 'getStorage'>,
  address: Hex,
): Required<FeeConfig> {
  const fees = Object.fromEntries(
    feeConfigFields.map((name) => [name, BigInt(state.getStorage(address, feeConfigSlot(name)))]),
  ) as Record<keyof FeeConfig, bigint>;
  return { ...fees, targetBlockRate: BigInt.asUintN(64, fees.targetBlockRate) };
}

function encode(fees: Required<FeeConfig>): string {
  return feeConfigFields.map((name) => numberWord(fees[name]!).slice(2)).join('');
}

/** Functions of the fee manager, by selector. */
export const feeManagerFunctions: ReadonlyMap<Hex, PrecompileFunction> = new Map<
  Hex,
  PrecompileFunction
>([
  [
    selectorOf(`setFeeConfig${tuple}`),
    (call) => {
      const { state, address, input, rules, caller } = call;
      call.charge(gasPrices.writeSlot * (fieldCount + 1n));
      requireWritable(call);
      requireLength(call, 32 * feeConfigFields.length);
      const words = Object.fromEntries(
        feeConfigFields.map((name, index) => [name, BigInt(wordAt(input, index))]),
      );
      const stated = words as Record<keyof FeeConfig, bigint>;
      const fees = { ...stated, targetBlockRate: BigInt.asUintN(64, stated.targetBlockRate) };
      requireEnabled(call);
      if (rules.durango) {
        call.charge(changedGas);
        const before = readFeeConfig(state, address);
        call.log([feeConfigChanged, addressWord(caller)], `0x${encode(before)}${encode(fees)}`);
      }
      if (verifyFeeConfig(fees) !== undefined) throw new PrecompileFailure('fee configuration');
      for (const name of feeConfigFields)
        state.setStorage(address, feeConfigSlot(name), numberWord(fees[name]));
      state.setStorage(address, lastChangedAtSlot, numberWord(call.blockNumber));
      return '0x';
    },
  ],
  [
    selectorOf('getFeeConfig()'),
    (call) => {
      call.charge(readGas);
      return `0x${encode(readFeeConfig(call.state, call.address))}`;
    },
  ],
  [
    selectorOf('getFeeConfigLastChangedAt()'),
    (call) => {
      call.charge(gasPrices.readSlot);
      return call.state.getStorage(call.address, lastChangedAtSlot);
    },
  ],
]);
