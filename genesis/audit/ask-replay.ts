import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { type Abi, decodeFunctionResult, encodeFunctionData } from 'viem';
import type { Hex } from '../base/hash.js';
import { executeCall } from '../evm/execute-call.js';
import type { AuditEvidence } from './audit-evidence.js';

/**
 * Calls a view function over the state that the replay left; the node is not asked.
 *
 * @returns What the function returns, decoded; undefined when the call fails or returns something else.
 */
export async function askReplay(
  { engine, blocks }: Pick<AuditEvidence, 'engine' | 'blocks'>,
  to: string,
  { abi, functionName, args = [] }: { abi: Abi; functionName: string; args?: readonly unknown[] },
): Promise<unknown> {
  const { state, header } = blocks.at(-1)!;
  const data = encodeFunctionData({ abi, functionName, args } as never);
  const message = { to: to.toLowerCase() as Hex, data: hexToBytes(data.slice(2)) };
  const { returnValue, error } = await executeCall(engine, { state, header, message });
  if (error !== undefined) return undefined;
  try {
    return decodeFunctionResult({
      abi,
      functionName,
      data: `0x${bytesToHex(returnValue)}`,
    } as never);
  } catch {
    return undefined;
  }
}
