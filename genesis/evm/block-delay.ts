/** Excess of the first Granite block: about two seconds. */
export const initialDelayExcess = 7_970_124n;
/** Most that a block may move the excess. */
const largestStep = 200n;
const conversion = 1n << 20n;

/**
 * Shortest time between a block and its parent, in milliseconds: e^(excess / 2^20), by the integer series of EIP-4844.
 *
 * @example minimumDelay(7_970_124n) // 2000n
 */
export function minimumDelay(excess: bigint): bigint {
  let sum = 0n;
  let term = conversion;
  for (let index = 1n; term > 0n; index += 1n) {
    sum += term;
    term = (term * excess) / (conversion * index);
  }
  return sum / conversion;
}

/** Whether a block may state this excess after its parent's (or the initial one at the first Granite block). */
export function isDelayStep(before: bigint, after: bigint): boolean {
  const step = after > before ? after - before : before - after;
  return step <= largestStep;
}
