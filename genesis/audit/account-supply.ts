import type { Hex } from '../base/hash.js';
import type { ChainBlock } from '../evm/chain-block.js';
import { topicOf } from '../evm/precompiles/abi-words.js';
import type { BlockHeader, Receipt } from '../evm/types.js';
import { nativeMinter } from '../precompiles/native-minter.js';
import { precompiles } from '../precompiles/registry.js';

const minted = topicOf('NativeCoinMinted(address,address,uint256)');

/** One reason why there are more or fewer coins than in block 0. */
export interface SupplyEntry {
  readonly block: bigint;
  /** Absent for what an upgrade does before the first transaction of its block. */
  readonly transaction?: Hex;
  readonly cause: 'minted' | 'upgrade' | 'destroyed' | 'unexplained';
  /** For people, e.g. `destroyed by self-destruct of 0x… in block 7, transaction 0x…`. */
  readonly name: string;
  /** Wei; negative for coins that are gone. */
  readonly amount: bigint;
}

/**
 * Every change of the number of coins since block 0, named: what minters and upgrades issued, what went with contracts that
 * destroyed themselves and with precompiles that an upgrade switched off. Coins sent to the blackhole still exist and are
 * no change.
 *
 * @param blocks Executed again, block 0 first.
 * @param mintsAreLogged Whether the native minter writes logs at a header; it does since Durango.
 */
export function accountSupply(
  blocks: readonly ChainBlock[],
  mintsAreLogged: (header: BlockHeader) => boolean,
): SupplyEntry[] {
  const entries: SupplyEntry[] = [];
  for (const { header, upgradeEffects, receipts } of blocks) {
    const block = header.number;
    for (const { cause, address, amount } of upgradeEffects)
      entries.push({
        block,
        cause: cause === 'disabled' ? 'destroyed' : 'upgrade',
        name: `${describeEffect[cause](address)} in block ${block}`,
        amount,
      });
    const logged = mintsAreLogged(header);
    for (const receipt of receipts) entries.push(...listTransactionEntries(receipt, block, logged));
  }
  return entries;
}

function listTransactionEntries(receipt: Receipt, block: bigint, logged: boolean): SupplyEntry[] {
  const { transactionHash: transaction, supplyChange, destroyed, logs } = receipt;
  const entries: SupplyEntry[] = [];
  const add = (cause: SupplyEntry['cause'], what: string, amount: bigint) => {
    const name = `${what} in block ${block}, transaction ${transaction}`;
    if (amount !== 0n) entries.push({ block, transaction, cause, name, amount });
  };
  let rest = supplyChange;
  for (const { address, topics, data } of logs) {
    if (address !== nativeMinter.address || topics[0] !== minted) continue;
    add('minted', `minted to ${addressOf(topics[2])}`, BigInt(data));
    rest -= BigInt(data);
  }
  if (rest < 0n && destroyed.length > 0)
    add('destroyed', `destroyed by self-destruct of ${destroyed.join(', ')}`, rest);
  else if (rest > 0n && !logged) add('minted', 'minted (no log before Durango)', rest);
  // What is left can only be a balance that wrapped at 2^256, or an engine that miscounts.
  else add('unexplained', 'without a cause', rest);
  return entries;
}

const describeEffect = {
  initialMint: (address: Hex) => `initial mint of an upgrade to ${address}`,
  balanceChange: (address: Hex) => `state upgrade of ${address}`,
  disabled: (address: Hex) =>
    `destroyed with the account of ${precompiles.find((one) => one.address === address)!.title} (${address}), which an upgrade disabled,`,
} as const;

function addressOf(topic: Hex | undefined): string {
  return `0x${topic?.slice(26)}`;
}
