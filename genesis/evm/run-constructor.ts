import { createAccount, createAddressFromString } from '@ethereumjs/util';
import type { Hex } from '../base/hash.js';
import { evmBlock } from './apply-transaction.js';
import type { Engine } from './engine.js';
import type { BlockHeader } from './types.js';
import type { AccountChange, WorldState } from './world-state.js';

export interface ConstructorMessage {
  /** Where the contract will stand. */
  readonly address: Hex;
  /** Creation code with the encoded arguments. */
  readonly initcode: Uint8Array;
  /** Wei sent to the constructor. */
  readonly value: bigint;
  readonly sender: Hex;
}

export interface ConstructorParameters {
  readonly state: WorldState;
  /** The block in which the constructor runs. */
  readonly header: Pick<BlockHeader, 'number' | 'timestamp' | 'gasLimit' | 'baseFee' | 'coinbase'>;
  readonly message: ConstructorMessage;
}

export interface ConstructorResult {
  /** The EVM's word for what went wrong, e.g. `revert`. */
  readonly error: string | undefined;
  /** The deployed code, or the revert data. */
  readonly returnValue: Uint8Array;
  /** Accounts that were read or written, by lower-case address; storage words without leading zeros. */
  readonly changes: ReadonlyMap<Hex, AccountChange>;
}

/** Gas of a constructor: block 0 has no limit, this one stops endless loops. */
const gasLimit = 1_000_000_000n;

/**
 * Runs creation code at a given address over a state, with the rules of the chain: stateful precompiles that are on at
 * the block's time answer, the chain id is the chain's. The sender is given the value that it sends; the deployer
 * allow list is not asked, for nobody deploys block 0. The engine's state is left as it was.
 */
export async function runConstructor(
  engine: Engine,
  { state, header, message }: ConstructorParameters,
): Promise<ConstructorResult> {
  const rules = engine.rules.at(header.timestamp);
  const evm = engine.evm(rules);
  const address = createAddressFromString(message.address.toLowerCase());
  const sender = createAddressFromString(message.sender.toLowerCase());
  engine.state.reset(state);
  await engine.state.putAccount(address, createAccount({ nonce: 1n, balance: 0n }));
  await engine.state.putAccount(sender, createAccount({ nonce: 1n, balance: message.value }));
  for (const one of [address.toString(), sender.toString(), header.coinbase])
    evm.journal.addAlwaysWarmAddress(one);
  for (const one of evm.precompiles.keys()) evm.journal.addAlwaysWarmAddress(one);
  evm.frame = {
    rules,
    active: engine.rules.active(header.timestamp),
    blockNumber: header.number,
    timestamp: header.timestamp,
    origin: sender.toString(),
    network: engine.network,
    blockHash: () => undefined,
    predicates: new Map(),
  };
  try {
    const { execResult } = await evm.runCall({
      to: address,
      code: message.initcode,
      caller: sender,
      origin: sender,
      value: message.value,
      gasLimit,
      block: evmBlock(header) as never,
      skipNonceIncrement: true,
    });
    return {
      error: execResult.exceptionError?.error,
      returnValue: execResult.returnValue,
      changes: new Map(engine.state.changes()),
    };
  } finally {
    evm.journal.cleanJournal();
    evm.transientStorage.clear();
    engine.state.reset(state);
  }
}
