import { createAddressFromString, createContractAddress } from '@ethereumjs/util';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import { transactionAllowList } from '../precompiles/transaction-allow-list.js';
import { warp } from '../precompiles/warp.js';
import type { Engine } from './engine.js';
import { intrinsicGas } from './intrinsic-gas.js';
import { NamedAddress } from './named-address.js';
import { isEnabledRole, roleOf } from './precompiles/allow-list-functions.js';
import { PrecompileFailure } from './precompiles/precompile-call.js';
import type { PredicateResults } from './predicate-results.js';
import { addBalance } from './subnet-evm.js';
import { effectivePrice, type SignedTransaction } from './transaction.js';
import type { BlockHeader, Log, Receipt } from './types.js';

/** Largest init code since Durango, in bytes. */
const largestInitCode = 49_152;

export interface TransactionContext {
  readonly header: Pick<BlockHeader, 'number' | 'timestamp' | 'gasLimit' | 'baseFee' | 'coinbase'>;
  /** Gas that earlier transactions of the block used. */
  readonly gasUsedBefore: bigint;
  readonly predicateResults: PredicateResults;
  /** For the BLOCKHASH instruction. */
  blockHash(number: bigint): Hex | undefined;
}

/**
 * Applies one transaction to the engine's state with Subnet-EVM's rules: the whole fee goes to the coinbase, nothing is
 * refunded, stateful precompiles run, accounts that were touched and are empty are removed.
 *
 * @throws ToolkitError `TRANSACTION_…` when no block may hold the transaction now; the state is then unchanged.
 */
export async function applyTransaction(
  engine: Engine,
  transaction: SignedTransaction,
  context: TransactionContext,
): Promise<Receipt> {
  const { header } = context;
  const rules = engine.rules.at(header.timestamp);
  const active = engine.rules.active(header.timestamp);
  const evm = engine.evm(rules);
  const { state } = engine;
  const sender = new NamedAddress(transaction.from);
  const to = transaction.to === undefined ? undefined : new NamedAddress(transaction.to);
  const coinbase = new NamedAddress(header.coinbase);
  const baseFee = header.baseFee ?? 0n;
  const price = effectivePrice(transaction, baseFee);

  const intrinsic = verifyTransaction(engine, transaction, context);
  const depth = state.depth;
  const supplyBefore = state.supplyChange;
  await state.checkpoint();
  const account = state.readAccount(transaction.from)!;
  account.balance -= transaction.gasLimit * price;
  account.nonce += 1n;
  await evm.journal.putAccount(sender, account);

  const warm = evm.journal;
  warm.addAlwaysWarmAddress(transaction.from);
  if (transaction.to !== undefined) warm.addAlwaysWarmAddress(transaction.to);
  if (rules.durango) warm.addAlwaysWarmAddress(header.coinbase);
  for (const address of evm.precompiles.keys()) warm.addAlwaysWarmAddress(address);
  for (const { address, slots } of transaction.accessList) {
    warm.addAlwaysWarmAddress(address);
    for (const slot of slots) warm.addAlwaysWarmSlot(address, bytesToHex(slot));
  }
  evm.frame = {
    rules,
    active,
    blockNumber: header.number,
    timestamp: header.timestamp,
    origin: transaction.from,
    network: engine.network,
    blockHash: context.blockHash,
    predicates: predicatesOf(transaction, context.predicateResults),
  };
  let outcome: Awaited<ReturnType<typeof evm.runCall>>;
  try {
    outcome = await evm.runCall({
      caller: sender,
      origin: sender,
      ...(to !== undefined && { to }),
      gasLimit: transaction.gasLimit - intrinsic,
      gasPrice: price,
      value: transaction.value,
      data: transaction.data,
      block: evmBlock(header) as never,
      skipNonceIncrement: true,
    });
  } catch (error) {
    // Also thrown for a transaction that a precompile makes invalid. The frames that were open when it was thrown have
    // left their checkpoints behind, so everything down to the transaction's own is taken back.
    evm.journal.cleanJournal();
    evm.transientStorage.clear();
    state.originalStorageCache.clear();
    state.revertTo(depth);
    if (error instanceof ToolkitError) throw error;
    throw new ToolkitError({
      code: 'TRANSACTION_UNSUPPORTED',
      message: `The transaction runs into something that this engine cannot execute: ${(error as Error).message}`,
      where: `transaction ${transaction.hash}`,
      next: 'No case is known; please report the transaction.',
      cause: error,
    });
  }
  const { execResult } = outcome;
  const gasUsed = intrinsic + execResult.executionGasUsed;
  await addBalance(evm, sender, (transaction.gasLimit - gasUsed) * price);
  await addBalance(evm, coinbase, gasUsed * price);
  const destroyed: Hex[] = [];
  for (const address of execResult.selfdestruct?.keys() ?? []) {
    // Since Cancun only what was created in the same transaction goes away.
    if (rules.etna && !execResult.createdAddresses?.has(address as never)) continue;
    await evm.journal.deleteAccount(createAddressFromString(address));
    destroyed.push(address as Hex);
  }
  await evm.journal.cleanup();
  evm.transientStorage.clear();
  state.originalStorageCache.clear();
  await state.commit();
  const failed = execResult.exceptionError !== undefined;
  return {
    transactionHash: transaction.hash,
    type: transaction.type,
    from: transaction.from,
    to: transaction.to,
    status: failed ? 0 : 1,
    gasUsed,
    cumulativeGasUsed: context.gasUsedBefore + gasUsed,
    effectiveGasPrice: price,
    // Stated for a creation that failed, too.
    contractAddress:
      transaction.to === undefined
        ? createContractAddress(sender, transaction.nonce).toString()
        : undefined,
    logs: failed ? [] : (execResult.logs ?? []).map(readLog),
    returnValue: execResult.returnValue,
    error: execResult.exceptionError?.error,
    supplyChange: state.supplyChange - supplyBefore,
    destroyed,
  };
}

/** The rules that a transaction must keep to stand in the block at all; returns its intrinsic gas. */
function verifyTransaction(
  engine: Engine,
  transaction: SignedTransaction,
  { header, gasUsedBefore }: TransactionContext,
): bigint {
  const { state } = engine;
  const rules = engine.rules.at(header.timestamp);
  const account = state.readAccount(transaction.from);
  const baseFee = header.baseFee ?? 0n;
  const refuse = (code: string, message: string, next?: string): never => {
    throw new ToolkitError({
      code: `TRANSACTION_${code}`,
      message,
      where: `transaction ${transaction.hash}`,
      next,
    });
  };
  const nonce = account?.nonce ?? 0n;
  const { gasLimit, maxFeePerGas, maxPriorityFeePerGas, value } = transaction;
  if (transaction.nonce < nonce) {
    refuse(
      'NONCE_TOO_LOW',
      `nonce too low: next nonce ${nonce}, tx nonce ${transaction.nonce}`,
      'Sign with the next nonce.',
    );
  }
  if (transaction.nonce > nonce) {
    refuse(
      'NONCE_TOO_HIGH',
      `nonce too high: next nonce ${nonce}, tx nonce ${transaction.nonce}`,
      'Send the ones before it first.',
    );
  }
  if (account?.isContract() && transaction.impersonated !== true)
    refuse('SENDER_IS_CONTRACT', `sender not an eoa: ${transaction.from} has code`);
  if (engine.rules.enabled(transactionAllowList.key, header.timestamp)) {
    const access = {
      getStorage: (address: Hex, slot: Hex): Hex =>
        `0x0${bytesToHex(state.readStorage(address, slot))}`,
    };
    if (!isEnabledRole(roleOf(access, transactionAllowList.address, transaction.from))) {
      refuse(
        'SENDER_NOT_ALLOWED',
        `cannot issue transaction from non-allow listed address: ${transaction.from}`,
      );
    }
  }
  if (maxPriorityFeePerGas > maxFeePerGas) {
    refuse(
      'TIP_ABOVE_FEE',
      `max priority fee per gas ${maxPriorityFeePerGas} higher than max fee per gas ${maxFeePerGas}`,
    );
  }
  if (maxFeePerGas < baseFee) {
    refuse(
      'FEE_TOO_LOW',
      `max fee per gas less than block base fee: maxFeePerGas ${maxFeePerGas}, baseFee ${baseFee}`,
    );
  }
  const needed = gasLimit * maxFeePerGas + value;
  if ((account?.balance ?? 0n) < needed) {
    refuse(
      'INSUFFICIENT_FUNDS',
      `insufficient funds for gas * price + value: have ${account?.balance ?? 0n} want ${needed}`,
    );
  }
  if (gasUsedBefore + gasLimit > header.gasLimit) {
    refuse(
      'BLOCK_FULL',
      `gas limit reached: ${gasLimit} gas do not fit beside ${gasUsedBefore} in ${header.gasLimit}`,
    );
  }
  let intrinsic = 0n;
  try {
    intrinsic = intrinsicGas(transaction, rules, engine.rules.enabled(warp.key, header.timestamp));
  } catch (error) {
    if (!(error instanceof PrecompileFailure)) throw error;
    refuse('PREDICATE', `the access list holds a malformed warp predicate: ${error.message}`);
  }
  if (gasLimit < intrinsic)
    refuse('INTRINSIC_GAS', `intrinsic gas too low: have ${gasLimit}, want ${intrinsic}`);
  if (rules.durango && transaction.to === undefined && transaction.data.length > largestInitCode) {
    refuse(
      'INIT_CODE_SIZE',
      `max initcode size exceeded: code size ${transaction.data.length} limit ${largestInitCode}`,
    );
  }
  return intrinsic;
}

function predicatesOf(transaction: SignedTransaction, results: PredicateResults) {
  const failed = results.get(transaction.hash)?.get(warp.address) ?? 0n;
  const own = transaction.accessList.filter(({ address }) => address === warp.address);
  const predicates = own.map(({ slots }, index) => ({
    bytes: concatBytes(...slots),
    valid: ((failed >> BigInt(index)) & 1n) === 0n,
  }));
  return new Map([[warp.address, predicates]]);
}

/** A block as the EVM's instructions see it: difficulty and randomness are 1, the blob price too. */
export function evmBlock(header: TransactionContext['header']) {
  const one = new Uint8Array(32);
  one[31] = 1;
  return {
    header: {
      number: header.number,
      coinbase: new NamedAddress(header.coinbase),
      timestamp: header.timestamp,
      difficulty: 1n,
      prevRandao: one,
      gasLimit: header.gasLimit,
      baseFeePerGas: header.baseFee,
      getBlobGasPrice: () => 1n,
    },
  };
}

function readLog([address, topics, data]: [Uint8Array, Uint8Array[], Uint8Array]): Log {
  return {
    address: `0x${bytesToHex(address)}`,
    topics: topics.map((topic): Hex => `0x${bytesToHex(topic)}`),
    data: `0x${bytesToHex(data)}`,
  };
}
