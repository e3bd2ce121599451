import { createAddressFromString } from '@ethereumjs/util';
import { hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../base/hash.js';
import { evmBlock } from './apply-transaction.js';
import type { Engine } from './engine.js';
import type { BlockHeader } from './types.js';

/** Where EIP-4788 expects its contract, and who calls it. */
const beaconRoots = '0x000f3df6d732807ef1319fb7b8bb8522d0beac02';
const systemAddress = '0xfffffffffffffffffffffffffffffffffffffffe';

/**
 * The system call at the beginning of each block since Etna: hands the header's beacon root (always zero on these chains)
 * to the contract of EIP-4788, when the chain has one. It costs nothing and whether it fails does not matter.
 */
export async function callBeaconRoots(
  engine: Engine,
  header: Pick<
    BlockHeader,
    'number' | 'timestamp' | 'gasLimit' | 'baseFee' | 'coinbase' | 'parentBeaconRoot'
  >,
  blockHash: (number: bigint) => Hex | undefined = () => undefined,
): Promise<void> {
  const { state } = engine;
  if (header.parentBeaconRoot === undefined || state.readAccount(beaconRoots) === undefined) return;
  const rules = engine.rules.at(header.timestamp);
  const evm = engine.evm(rules);
  const caller = createAddressFromString(systemAddress);
  evm.journal.addAlwaysWarmAddress(beaconRoots);
  evm.frame = {
    rules,
    active: engine.rules.active(header.timestamp),
    blockNumber: header.number,
    timestamp: header.timestamp,
    origin: systemAddress,
    network: engine.network,
    blockHash,
    predicates: new Map(),
  };
  const { execResult } = await evm.runCall({
    caller,
    origin: caller,
    to: createAddressFromString(beaconRoots),
    gasLimit: 30_000_000n,
    data: hexToBytes(header.parentBeaconRoot.slice(2)),
    block: evmBlock(header) as never,
    skipNonceIncrement: true,
  });
  for (const address of execResult.selfdestruct?.keys() ?? []) {
    if (execResult.createdAddresses?.has(address as never))
      await evm.journal.deleteAccount(createAddressFromString(address));
  }
  await evm.journal.cleanup();
  evm.transientStorage.clear();
  state.originalStorageCache.clear();
}
