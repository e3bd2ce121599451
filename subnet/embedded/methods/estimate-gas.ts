import type { StoredBlock } from '../chain/block-list.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import type { AccountOverride } from '../chain/override-state.js';
import type { MessageRequest } from '../rpc/parse-message.js';
import { callMessage, failCall } from './call-message.js';

/**
 * The least gas with which a message succeeds: what it uses when that suffices, else the smallest limit between it and
 * the block's, to 1 %. (A call passes on at most 63/64 of its gas, so some need more than they use.)
 *
 * @throws RpcError 3 when it reverts with all the gas of a block, -32000 when it fails otherwise.
 */
export async function estimateGas(
  chain: EmbeddedChain,
  message: MessageRequest,
  stored: StoredBlock,
  overrides: ReadonlyMap<`0x${string}`, AccountOverride>,
): Promise<bigint> {
  const run = (gas: bigint) => callMessage(chain, { ...message, gas }, stored, overrides);
  let high = message.gas ?? stored.block.header.gasLimit;
  const price = message.gasPrice ?? 0n;
  if (price > 0n && message.from !== undefined) {
    const have = (stored.block.state.get(message.from)?.balance ?? 0n) - (message.value ?? 0n);
    const affordable = have > 0n ? have / price : 0n;
    if (affordable < high) high = affordable;
  }
  const whole = await run(high);
  if (whole.error !== undefined) throw failCall(whole);
  let low = whole.gasUsed - 1n;
  let next = whole.gasUsed;
  while (high - low > 1n) {
    const { error } = await run(next);
    if (error === undefined) high = next;
    else low = next;
    if ((high - low) * 100n < high) break;
    const middle = (low + high) / 2n;
    next = middle > low * 2n ? low * 2n : middle;
  }
  return high;
}
