import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../../base/hash.js';
import type { PrecompileKey } from '../../precompiles/precompile.js';
import { allowListFunctions } from './allow-list-functions.js';
import { feeManagerFunctions } from './fee-manager-functions.js';
import { nativeMinterFunctions } from './native-minter-functions.js';
import {
  type PrecompileCall,
  PrecompileFailure,
  type PrecompileFunction,
} from './precompile-call.js';
import { rewardManagerFunctions } from './reward-manager-functions.js';
import { warpFunctions } from './warp-functions.js';

const functions: Readonly<Record<PrecompileKey, readonly ReadonlyMap<Hex, PrecompileFunction>[]>> =
  {
    contractDeployerAllowListConfig: [allowListFunctions],
    contractNativeMinterConfig: [allowListFunctions, nativeMinterFunctions],
    txAllowListConfig: [allowListFunctions],
    feeManagerConfig: [allowListFunctions, feeManagerFunctions],
    rewardManagerConfig: [allowListFunctions, rewardManagerFunctions],
    warpConfig: [warpFunctions],
  };

export interface PrecompileResult {
  readonly gasUsed: bigint;
  readonly output: Uint8Array;
  /** Set when the call failed; then all gas is used and nothing was written. */
  readonly failure?: string;
}

/**
 * Runs a call to a stateful precompile. Any failure takes all gas.
 *
 * @param data With the selector.
 * @param call Without what depends on `data` and `gas`.
 */
export async function runPrecompile(
  key: PrecompileKey,
  data: Uint8Array,
  gas: bigint,
  call: Omit<PrecompileCall, 'input' | 'charge'>,
): Promise<PrecompileResult> {
  let left = gas;
  try {
    if (data.length < 4) throw new PrecompileFailure('missing function selector');
    const selector: Hex = `0x${bytesToHex(data.subarray(0, 4))}`;
    const run = functions[key]
      .map((table) => table.get(selector))
      .find((found) => found !== undefined);
    if (run === undefined) throw new PrecompileFailure(`invalid function selector ${selector}`);
    const charge = (amount: bigint) => {
      if (left < amount) throw new PrecompileFailure('out of gas');
      left -= amount;
    };
    const output = await run({ ...call, input: data.subarray(4), charge });
    return { gasUsed: gas - left, output: hexToBytes(output.slice(2)) };
  } catch (error) {
    if (!(error instanceof PrecompileFailure)) throw error;
    return { gasUsed: gas, output: new Uint8Array(), failure: error.message };
  }
}
