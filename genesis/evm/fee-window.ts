import { ToolkitError } from '../base/errors.js';
import type { FeeConfig } from '../precompiles/fee-config.js';
import type { BlockHeader } from './types.js';

/** Seconds that the window covers; each has a place of eight bytes. */
const windowSeconds = 10;
/** Bytes of the window at the start of a header's extra data. */
export const windowBytes = 8 * windowSeconds;
const largest = (1n << 64n) - 1n;

/** The sums of gas per second over ten seconds, as they stand in a child's header. */
export function nextFeeWindow(
  parent: BlockHeader,
  parentIsSubnetEvm: boolean,
  timestamp: bigint,
): bigint[] {
  const empty = new Array<bigint>(windowSeconds).fill(0n);
  if (!parentIsSubnetEvm || parent.number === 0n) return empty;
  const extra = parent.extraData.slice(2);
  const window = empty.map((_, index) => BigInt(`0x0${extra.slice(16 * index, 16 * index + 16)}`));
  // The parent's gas counts in its own second, the last one, and sums stop at the largest 64-bit number.
  const last = window[windowSeconds - 1]! + parent.gasUsed;
  window[windowSeconds - 1] = last > largest ? largest : last;
  const elapsed = timestamp - parent.timestamp;
  if (elapsed >= BigInt(windowSeconds)) return empty;
  const shift = Number(elapsed);
  return empty.map((_, index) => window[index + shift] ?? 0n);
}

/** The window as header bytes, in hexadecimal digits without `0x`. */
export function formatFeeWindow(window: readonly bigint[]): string {
  return window.map((gas) => gas.toString(16).padStart(16, '0')).join('');
}

/**
 * Base fee of a block from its parent: up when the last ten seconds used more gas than the target, down otherwise, never
 * below the minimum. The step is baseFee × |used - target| / target / denominator, at least 1 wei, and falls once more for
 * each further ten idle seconds.
 *
 * @param fees In force after the parent.
 */
export function nextBaseFee(
  parent: BlockHeader,
  parentIsSubnetEvm: boolean,
  timestamp: bigint,
  fees: Required<FeeConfig>,
): bigint {
  const minimum = fees.minBaseFee!;
  // The node takes the low 64 bits here.
  if (!parentIsSubnetEvm || parent.number === 0n) return BigInt.asIntN(64, minimum);
  const target = BigInt.asUintN(64, fees.targetGas!);
  const window = nextFeeWindow(parent, parentIsSubnetEvm, timestamp);
  const sum = window.reduce((total, gas) => total + gas, 0n);
  const used = sum > largest ? largest : sum;
  const before = parent.baseFee!;
  if (used === target) return before;
  if (target === 0n) {
    // The node divides by it and stops.
    throw new ToolkitError({
      code: 'BLOCK_TARGET_GAS',
      message: `targetGas ${fees.targetGas} is 0 in its low 64 bits, so no block can follow block ${parent.number}.`,
      where: `block ${parent.number}: fee settings`,
      next: 'The chain has ended; nodes stop here too.',
    });
  }
  const distance = used > target ? used - target : target - used;
  const step = (distance * before) / target / fees.baseFeeChangeDenominator!;
  const delta = step > 1n ? step : 1n;
  if (used > target) return before + delta > minimum ? before + delta : minimum;
  const windows = (timestamp - parent.timestamp) / BigInt(windowSeconds);
  const after = before - (windows > 1n ? delta * windows : delta);
  return after > minimum ? after : minimum;
}

/** Gas that a block must pay for above its base fee before Granite: dearer when blocks come faster than the target rate. */
export function nextBlockGasCost(
  parent: BlockHeader,
  timestamp: bigint,
  fees: Required<FeeConfig>,
): bigint {
  // The node takes the low 64 bits of each.
  const low = BigInt.asUintN(64, fees.minBlockGasCost!);
  if (parent.blockGasCost === undefined) return low;
  const elapsed = timestamp > parent.timestamp ? timestamp - parent.timestamp : 0n;
  const rate = fees.targetBlockRate!;
  const change =
    (elapsed < rate ? rate - elapsed : elapsed - rate) * BigInt.asUintN(64, fees.blockGasCostStep!);
  const cost = elapsed < rate ? parent.blockGasCost + change : parent.blockGasCost - change;
  const high = BigInt.asUintN(64, fees.maxBlockGasCost!);
  return cost < low ? low : cost > high ? high : cost;
}
