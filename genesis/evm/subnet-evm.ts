import type { Common } from '@ethereumjs/common';
import {
  EVM,
  EVMError,
  EVMMockBlockchain,
  type EVMOpts,
  type EVMResult,
  type EVMRunCallOpts,
  type ExecResult,
  NobleBN254,
} from '@ethereumjs/evm';
import { Account, type Address, createAddressFromString } from '@ethereumjs/util';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import { contractDeployerAllowList } from '../precompiles/contract-deployer-allow-list.js';
import type { Precompile, PrecompileKey } from '../precompiles/precompile.js';
import type { JournaledState } from './journaled-state.js';
import { isEnabledRole, roleOf } from './precompiles/allow-list-functions.js';
import type {
  NetworkIdentity,
  PrecompileAccess,
  Predicate,
} from './precompiles/precompile-call.js';
import { runPrecompile } from './precompiles/run-precompile.js';
import type { Rules } from './types.js';

/** Until then (2 August 2025) precompiles run in a delegatecall or callcode, too. Unix seconds. */
const borrowingEnds = 1_754_107_200n;
const pointEvaluation = `0x${'0a'.padStart(40, '0')}`;

/** What the stateful precompiles must know of the block and the transaction that run. */
export interface Frame {
  readonly rules: Rules;
  readonly active: ReadonlyMap<Hex, Precompile>;
  readonly blockNumber: bigint;
  /** Unix seconds. */
  readonly timestamp: bigint;
  readonly origin: Hex;
  readonly network: NetworkIdentity;
  /** For the BLOCKHASH instruction; unknown blocks have the zero hash. */
  blockHash(number: bigint): Hex | undefined;
  /** By precompile address. */
  readonly predicates: ReadonlyMap<Hex, readonly Predicate[]>;
}

/**
 * ethereumjs' EVM with Subnet-EVM's stateful precompiles and its check on who may deploy. Every frame passes through
 * `runCall`, so both live there.
 */
export class SubnetEvm extends EVM {
  frame: Frame | undefined;
  readonly #state: JournaledState;

  constructor(state: JournaledState, options: EVMOpts & { common: Common }) {
    super({
      ...options,
      stateManager: state,
      bn254: new NobleBN254(),
      blockchain: new EVMMockBlockchain(),
    });
    this.#state = state;
    this.blockchain.getBlock = async (number) => ({
      hash: () =>
        hexToBytes(
          (this.frame?.blockHash(BigInt(number as number)) ?? `0x${'0'.repeat(64)}`).slice(2),
        ),
    });
  }

  override async runCall(options: EVMRunCallOpts): Promise<EVMResult> {
    const frame = this.frame;
    if (frame === undefined) return super.runCall(options);
    const message = options.message;
    const target = message ?? options;
    if (target.to === undefined) {
      if (frame.active.has(contractDeployerAllowList.address) && !this.#mayDeploy(frame)) {
        const gas = target.gasLimit ?? 0n;
        if (message !== undefined) {
          // The address becomes warm before the check, and stays so.
          message.code = message.data;
          this.journal.addWarmedAddress((await this._generateAddress(message)).bytes);
        }
        return {
          execResult: {
            executionGasUsed: gas,
            returnValue: new Uint8Array(),
            exceptionError: new EVMError(EVMError.errorMessages.REVERT),
          },
        };
      }
      return super.runCall(options);
    }
    const address = (message?._codeAddress ?? target.to).toString();
    if (address === pointEvaluation && this.common.customCrypto.kzg === undefined)
      await this.#loadPointEvaluation();
    const precompile = frame.active.get(address);
    if (precompile === undefined) return super.runCall(options);
    const own = target.to.toString();
    const run = (input: { data: Uint8Array; gasLimit: bigint }) =>
      this.#runPrecompile(frame, precompile, input, {
        caller: (target.caller ?? createAddressFromString(frame.origin)).toString(),
        readOnly: target.isStatic === true,
        borrowed: own !== address || message?.delegatecall === true,
      });
    if (message !== undefined) {
      message.code = run as never;
      message.isCompiled = true;
      return super.runCall(options);
    }
    return super.runCall({ ...options, code: run as never, isCompiled: true });
  }

  /** Like the node, sums wrap at 2^256 instead of failing. */
  protected override async _addToBalance(
    account: Account,
    { to, value }: { readonly to: Address; readonly value: bigint },
  ): Promise<void> {
    account.balance = BigInt.asUintN(256, account.balance + value);
    await this.journal.putAccount(to, account);
  }

  /** Loaded when it is first needed: it takes 80 ms, and hardly any chain calls it. */
  async #loadPointEvaluation(): Promise<void> {
    const { verifyPointEvaluation } = await import('./verify-point-evaluation.js');
    this.common.customCrypto.kzg = { verifyProof: verifyPointEvaluation } as never;
  }

  #mayDeploy(frame: Frame): boolean {
    return isEnabledRole(roleOf(this.#access, contractDeployerAllowList.address, frame.origin));
  }

  async #runPrecompile(
    frame: Frame,
    { key, address }: { key: PrecompileKey; address: Hex },
    { data, gasLimit }: { data: Uint8Array; gasLimit: bigint },
    { caller, readOnly, borrowed }: { caller: Hex; readOnly: boolean; borrowed: boolean },
  ): Promise<ExecResult> {
    if (borrowed) {
      if (frame.rules.granite) return failed(gasLimit);
      if (frame.timestamp >= borrowingEnds) {
        // The node takes such a transaction back as a whole, so no block holds it.
        throw new ToolkitError({
          code: 'TRANSACTION_INVALIDATED',
          message: `A delegatecall or callcode into ${address} makes the transaction invalid before Granite.`,
          where: caller,
          next: 'Call the precompile directly.',
        });
      }
    }
    const logs: [Uint8Array, Uint8Array[], Uint8Array][] = [];
    const { gasUsed, output, failure } = await runPrecompile(key, data, gasLimit, {
      address,
      caller,
      readOnly,
      rules: frame.rules,
      blockNumber: frame.blockNumber,
      network: frame.network,
      predicates: frame.predicates.get(address) ?? [],
      state: this.#access,
      log: (topics, bytes) =>
        logs.push([
          hexToBytes(address.slice(2)),
          topics.map((topic) => hexToBytes(topic.slice(2))),
          hexToBytes(bytes.slice(2)),
        ]),
    });
    if (failure !== undefined) return failed(gasLimit);
    return { executionGasUsed: gasUsed, returnValue: output, logs };
  }

  readonly #access: PrecompileAccess = {
    getStorage: (address, slot) =>
      `0x${bytesToHex(this.#state.readStorage(address, slot)).padStart(64, '0')}`,
    setStorage: (address, slot, value) =>
      this.#state.writeStorage(address, slot, hexToBytes(value.slice(2))),
    addBalance: async (to, amount) => addBalance(this, createAddressFromString(to), amount),
  };
}

/** Adds to a balance and marks the account as touched; like the node, sums wrap at 2^256. */
export async function addBalance(evm: EVM, address: Address, amount: bigint): Promise<void> {
  const account = (await evm.stateManager.getAccount(address)) ?? new Account();
  account.balance = BigInt.asUintN(256, account.balance + amount);
  await evm.journal.putAccount(address, account);
}

/** A failed frame that used all its gas. */
function failed(gasLimit: bigint): ExecResult {
  return {
    executionGasUsed: gasLimit,
    returnValue: new Uint8Array(),
    exceptionError: new EVMError(EVMError.errorMessages.REVERT),
  };
}
