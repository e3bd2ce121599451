import type { AccountFields, StateManagerInterface } from '@ethereumjs/common';
import { Account, type Address, KECCAK256_NULL, KECCAK256_RLP } from '@ethereumjs/util';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import type { AccountChange, WorldAccount, WorldState } from './world-state.js';

interface Entry {
  account: Omit<WorldAccount, 'storage'> | undefined;
  storage: Map<Hex, Uint8Array>;
  cleared: boolean;
}

const nothing = new Uint8Array();

/**
 * The state while a block is executed: a flat overlay over an immutable `WorldState` with an undo log, behind the
 * interface that ethereumjs' EVM asks for.
 */
export class JournaledState implements StateManagerInterface {
  #base: WorldState;
  readonly #entries = new Map<Hex, Entry>();
  readonly #undo: (() => void)[] = [];
  readonly #checkpoints: number[] = [];
  readonly #original = new Map<string, Uint8Array>();
  #supplyChange = 0n;

  constructor(base: WorldState) {
    this.#base = base;
  }

  /** Starts again over another state; what was not taken is forgotten. */
  reset(base: WorldState): void {
    this.#base = base;
    this.#entries.clear();
    this.#undo.length = 0;
    this.#checkpoints.length = 0;
    this.#original.clear();
    this.#supplyChange = 0n;
  }

  /** Wei by which all balances together have grown since the last reset; what is reverted does not count. */
  get supplyChange(): bigint {
    return this.#supplyChange;
  }

  /** The base with everything that was written. */
  world(): WorldState {
    return this.#base.with(this.changes());
  }

  /** What was written since the last reset, by address; accounts that were only read are there too, as they were. */
  *changes(): Generator<readonly [address: Hex, change: AccountChange]> {
    for (const [address, { account, cleared, storage }] of this.#entries)
      yield [address, { account, cleared, storage }];
  }

  readonly originalStorageCache = {
    get: async (address: Address, key: Uint8Array): Promise<Uint8Array> => {
      const name = `${address.toString()}${bytesToHex(key)}`;
      let value = this.#original.get(name);
      if (value === undefined) {
        value = this.readStorage(address.toString(), `0x${bytesToHex(key)}`);
        this.#original.set(name, value);
      }
      return value;
    },
    clear: (): void => this.#original.clear(),
  };

  async getAccount(address: Address): Promise<Account | undefined> {
    return this.readAccount(address.toString());
  }

  /** A copy: the EVM changes what it gets before it knows whether the call succeeds. */
  readAccount(address: Hex): Account | undefined {
    const { account } = this.#entry(address);
    if (account === undefined) return undefined;
    // The node's collision check looks at nonce and code only, so storage roots are not shown.
    return new Account(account.nonce, account.balance, KECCAK256_RLP, account.codeHash);
  }

  async putAccount(address: Address, account?: Account): Promise<void> {
    const entry = this.#entry(address.toString());
    if (account === undefined) return this.deleteAccount(address);
    this.#setAccount(entry, {
      nonce: account.nonce,
      // What SELFDESTRUCT leaves may exceed it; the node's sums wrap.
      balance: BigInt.asUintN(256, account.balance),
      code: entry.account?.code ?? nothing,
      codeHash: entry.account?.codeHash ?? KECCAK256_NULL,
    });
  }

  async deleteAccount(address: Address): Promise<void> {
    const entry = this.#entry(address.toString());
    this.#setAccount(entry, undefined);
    this.#clear(entry);
  }

  async modifyAccountFields(address: Address, fields: AccountFields): Promise<void> {
    const entry = this.#entry(address.toString());
    this.#setAccount(entry, {
      nonce: fields.nonce ?? entry.account?.nonce ?? 0n,
      balance: fields.balance ?? entry.account?.balance ?? 0n,
      code: entry.account?.code ?? nothing,
      codeHash: entry.account?.codeHash ?? KECCAK256_NULL,
    });
  }

  async putCode(address: Address, code: Uint8Array): Promise<void> {
    const entry = this.#entry(address.toString());
    this.#setAccount(entry, {
      nonce: entry.account?.nonce ?? 0n,
      balance: entry.account?.balance ?? 0n,
      code,
      codeHash: code.length === 0 ? KECCAK256_NULL : this.#base.keccak(code),
    });
  }

  async getCode(address: Address): Promise<Uint8Array> {
    return this.#entry(address.toString()).account?.code ?? nothing;
  }

  async getCodeSize(address: Address): Promise<number> {
    return this.#entry(address.toString()).account?.code.length ?? 0;
  }

  async getStorage(address: Address, key: Uint8Array): Promise<Uint8Array> {
    return this.readStorage(address.toString(), `0x${bytesToHex(key)}`);
  }

  /** A word without leading zeros. */
  readStorage(address: Hex, slot: Hex): Uint8Array {
    const entry = this.#entry(address);
    const own = entry.storage.get(slot);
    if (own !== undefined) return own;
    return entry.cleared ? nothing : this.#base.getStorage(this.#base.get(address), slot);
  }

  async putStorage(address: Address, key: Uint8Array, value: Uint8Array): Promise<void> {
    this.writeStorage(address.toString(), `0x${bytesToHex(key)}`, value);
  }

  writeStorage(address: Hex, slot: Hex, value: Uint8Array): void {
    const { storage } = this.#entry(address);
    const before = storage.get(slot);
    this.#undo.push(() => {
      if (before === undefined) storage.delete(slot);
      else storage.set(slot, before);
    });
    let zeros = 0;
    while (zeros < value.length && value[zeros] === 0) zeros += 1;
    storage.set(slot, value.subarray(zeros));
  }

  async clearStorage(address: Address): Promise<void> {
    this.#clear(this.#entry(address.toString()));
  }

  async checkpoint(): Promise<void> {
    this.#checkpoints.push(this.#undo.length);
  }

  async commit(): Promise<void> {
    this.#checkpoints.pop();
  }

  async revert(): Promise<void> {
    const length = this.#checkpoints.pop() ?? 0;
    while (this.#undo.length > length) this.#undo.pop()!();
  }

  /** How many checkpoints are open. */
  get depth(): number {
    return this.#checkpoints.length;
  }

  /** Takes back everything since the checkpoint that was opened at a depth, however many stand above it. */
  revertTo(depth: number): void {
    const length = this.#checkpoints[depth];
    if (length === undefined) return;
    this.#checkpoints.length = depth;
    while (this.#undo.length > length) this.#undo.pop()!();
  }

  async getStateRoot(): Promise<Uint8Array> {
    return this.world().root;
  }

  setStateRoot(): Promise<void> {
    throw new ToolkitError({
      code: 'EVM_STATE_ROOT',
      message: 'States are set as objects, not by their roots.',
    });
  }

  async hasStateRoot(): Promise<boolean> {
    return false;
  }

  clearCaches(): void {}

  shallowCopy(): StateManagerInterface {
    return new JournaledState(this.world());
  }

  #entry(address: Hex): Entry {
    let entry = this.#entries.get(address);
    if (entry === undefined) {
      entry = { account: this.#base.get(address), storage: new Map(), cleared: false };
      this.#entries.set(address, entry);
    }
    return entry;
  }

  #setAccount(entry: Entry, account: Entry['account']): void {
    const before = entry.account;
    const change = (account?.balance ?? 0n) - (before?.balance ?? 0n);
    this.#undo.push(() => {
      entry.account = before;
      this.#supplyChange -= change;
    });
    entry.account = account;
    this.#supplyChange += change;
  }

  #clear(entry: Entry): void {
    const { storage, cleared } = entry;
    this.#undo.push(() => {
      entry.storage = storage;
      entry.cleared = cleared;
    });
    entry.storage = new Map();
    entry.cleared = true;
  }
}
