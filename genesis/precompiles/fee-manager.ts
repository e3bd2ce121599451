import {
  allowListAbi,
  configureAllowList,
  type RoleConfig,
  roleConfigFields,
  verifyAllowList,
} from './allow-list.js';
import { decodeFeeConfig, type FeeConfig, feeConfigFields, verifyFeeConfig } from './fee-config.js';
import { pointer, struct } from './json/decode.js';
import type { Precompile } from './precompile.js';
import { numberWord, textWord } from './words.js';

export interface FeeManagerConfig extends RoleConfig {
  /** Fees from the block after activation; a copy of the chain's own when absent. */
  readonly initialFeeConfig?: FeeConfig | undefined;
}

/** Slot of a member of the fee configuration: its number from 1 in the first byte. */
export function feeConfigSlot(name: keyof FeeConfig): `0x${string}` {
  return `0x${(feeConfigFields.indexOf(name) + 1).toString(16).padStart(2, '0').padEnd(64, '0')}`;
}

/** Slot of the number of the block of the last change. */
export const lastChangedAtSlot = textWord('lca');

const fields = { ...roleConfigFields, initialFeeConfig: pointer(decodeFeeConfig) };

/** Enabled accounts may change the fee configuration. */
export const feeManager: Precompile<FeeManagerConfig> = {
  key: 'feeManagerConfig',
  address: '0x0200000000000000000000000000000000000003',
  title: 'fee manager',
  fields: Object.keys(fields),
  decode: struct(fields),
  verify(config, chain) {
    const roleViolation = verifyAllowList(config, chain);
    if (roleViolation || config.initialFeeConfig === undefined) return roleViolation;
    const violation = verifyFeeConfig(config.initialFeeConfig);
    return violation && { ...violation, path: `initialFeeConfig.${violation.path}` };
  },
  configure(config, chain, state) {
    const fees = config.initialFeeConfig ?? chain.feeConfig;
    for (const name of feeConfigFields) {
      state.setStorage(feeConfigSlot(name), numberWord(fees[name] ?? 0n));
    }
    // Activation at block 0 records block number 0, which is a zero word and so not stored.
    state.setStorage(lastChangedAtSlot, numberWord(0n));
    configureAllowList(config, state);
  },
  abi: [
    ...allowListAbi,
    'struct FeeConfig { uint256 gasLimit; uint256 targetBlockRate; uint256 minBaseFee; uint256 targetGas; uint256 baseFeeChangeDenominator; uint256 minBlockGasCost; uint256 maxBlockGasCost; uint256 blockGasCostStep; }',
    'function setFeeConfig(uint256 gasLimit, uint256 targetBlockRate, uint256 minBaseFee, uint256 targetGas, uint256 baseFeeChangeDenominator, uint256 minBlockGasCost, uint256 maxBlockGasCost, uint256 blockGasCostStep)',
    'function getFeeConfig() view returns (uint256 gasLimit, uint256 targetBlockRate, uint256 minBaseFee, uint256 targetGas, uint256 baseFeeChangeDenominator, uint256 minBlockGasCost, uint256 maxBlockGasCost, uint256 blockGasCostStep)',
    'function getFeeConfigLastChangedAt() view returns (uint256 blockNumber)',
    'event FeeConfigChanged(address indexed sender, FeeConfig oldFeeConfig, FeeConfig newFeeConfig)',
  ],
};
