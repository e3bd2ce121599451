import { pointer, struct, uint64 } from './json/decode.js';
import { bigInteger } from './json/quantities.js';
import type { Violation } from './violation.js';

/** Parameters of the dynamic fee algorithm. A member that is absent is refused by {@link verifyFeeConfig}. */
export interface FeeConfig {
  /** Gas per block. */
  readonly gasLimit?: bigint | undefined;
  /** Seconds per block aimed at (matters before Granite only). */
  readonly targetBlockRate?: bigint | undefined;
  /** Wei per gas. */
  readonly minBaseFee?: bigint | undefined;
  /** Gas per rolling ten seconds above which the base fee rises. */
  readonly targetGas?: bigint | undefined;
  readonly baseFeeChangeDenominator?: bigint | undefined;
  readonly minBlockGasCost?: bigint | undefined;
  readonly maxBlockGasCost?: bigint | undefined;
  readonly blockGasCostStep?: bigint | undefined;
}

/** Members in the order of their storage slots. */
export const feeConfigFields = [
  'gasLimit',
  'targetBlockRate',
  'minBaseFee',
  'targetGas',
  'baseFeeChangeDenominator',
  'minBlockGasCost',
  'maxBlockGasCost',
  'blockGasCostStep',
] as const satisfies readonly (keyof FeeConfig)[];

/** What a genesis without fee configuration gets. */
export const defaultFeeConfig: Required<FeeConfig> = {
  gasLimit: 8_000_000n,
  targetBlockRate: 2n,
  minBaseFee: 25_000_000_000n,
  targetGas: 15_000_000n,
  baseFeeChangeDenominator: 36n,
  minBlockGasCost: 0n,
  maxBlockGasCost: 1_000_000n,
  blockGasCostStep: 200_000n,
};

/** Reads a fee configuration: JSON numbers only, of any size but for the 64-bit block rate. */
export const decodeFeeConfig = struct({
  gasLimit: pointer(bigInteger),
  targetBlockRate: uint64,
  minBaseFee: pointer(bigInteger),
  targetGas: pointer(bigInteger),
  baseFeeChangeDenominator: pointer(bigInteger),
  minBlockGasCost: pointer(bigInteger),
  maxBlockGasCost: pointer(bigInteger),
  blockGasCostStep: pointer(bigInteger),
});

/** Whether nothing is set, so that the defaults apply. */
export function isEmptyFeeConfig(config: FeeConfig): boolean {
  return feeConfigFields.every((name) =>
    name === 'targetBlockRate' ? (config[name] ?? 0n) === 0n : config[name] === undefined,
  );
}

/** The first rule that a fee configuration breaks. */
export function verifyFeeConfig(config: FeeConfig): Violation | undefined {
  const missing = feeConfigFields.find(
    (name) => name !== 'targetBlockRate' && config[name] === undefined,
  );
  if (missing !== undefined) return { path: missing, message: `${missing} is missing.` };
  const full = { ...config, targetBlockRate: config.targetBlockRate ?? 0n } as Required<
    Record<keyof FeeConfig, bigint>
  >;
  for (const name of [
    'gasLimit',
    'targetBlockRate',
    'targetGas',
    'baseFeeChangeDenominator',
  ] as const) {
    if (full[name] <= 0n)
      return { path: name, message: `${name} is ${full[name]}; it must be above 0.` };
  }
  for (const name of ['minBaseFee', 'minBlockGasCost', 'blockGasCostStep'] as const) {
    if (full[name] < 0n)
      return { path: name, message: `${name} is ${full[name]}; it must not be negative.` };
  }
  if (full.minBlockGasCost > full.maxBlockGasCost) {
    return {
      path: 'minBlockGasCost',
      message: `minBlockGasCost ${full.minBlockGasCost} is above maxBlockGasCost ${full.maxBlockGasCost}.`,
    };
  }
  if (full.maxBlockGasCost >> 64n !== 0n) {
    return { path: 'maxBlockGasCost', message: 'maxBlockGasCost does not fit 64 bits.' };
  }
  const large = feeConfigFields.find((name) => full[name] >> 256n !== 0n);
  return large && { path: large, message: `${large} does not fit 32 bytes.` };
}
