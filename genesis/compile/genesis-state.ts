import type { Hex } from '../base/hash.js';
import { precompiles } from '../precompiles/registry.js';
import type { ParsedGenesis } from './parsed-genesis.js';
import { precompileChain } from './verify-genesis.js';

/** An account of block 0 as it is stored. */
export interface StateAccount {
  balance: bigint;
  nonce: bigint;
  code: Hex;
  /** Non-zero words by slot. */
  readonly storage: Map<Hex, Hex>;
}

const zeroWord: Hex = `0x${'0'.repeat(64)}`;

/**
 * The accounts of block 0: first every precompile that is active at the genesis time configures itself
 * (ascending by address; upgrades that lie before the genesis time included), then the allocation replaces
 * balance, nonce and code, and sets its storage slots. Empty accounts are kept.
 *
 * @returns Accounts by lower-case address.
 */
export function genesisState(genesis: ParsedGenesis): Map<Hex, StateAccount> {
  const state = new Map<Hex, StateAccount>();
  const get = (address: Hex): StateAccount => {
    const found = state.get(address);
    if (found !== undefined) return found;
    const fresh: StateAccount = { balance: 0n, nonce: 0n, code: '0x', storage: new Map() };
    state.set(address, fresh);
    return fresh;
  };
  const chain = precompileChain(genesis.config);
  for (const precompile of precompiles) {
    const { key, address } = precompile;
    const own = genesis.config.precompiles.get(key);
    const upgrades = genesis.config.precompileUpgrades.filter((upgrade) => upgrade.key === key);
    for (const config of [own, ...upgrades.map((upgrade) => upgrade.config)]) {
      const time = config?.blockTimestamp;
      if (config === undefined || time === undefined || time > genesis.timestamp) continue;
      if (config.disable) {
        removeAccounts(state, address);
        continue;
      }
      const account = get(address);
      account.nonce = 1n;
      account.code = '0x01';
      precompile.configure(config, chain, {
        setStorage: (slot, value) => setWord(account, slot, value),
        addBalance(to, amount) {
          const target = get(to);
          target.balance = BigInt.asUintN(256, target.balance + amount);
        },
      });
    }
  }
  for (const [address, { balance, nonce, code, storage }] of genesis.alloc) {
    const account = get(address);
    account.balance = balance;
    account.nonce = nonce;
    account.code = code;
    for (const [slot, value] of storage) setWord(account, slot, value);
  }
  return state;
}

/** Disabling destroys the precompile's account, and with it every account that is empty by then. */
function removeAccounts(state: Map<Hex, StateAccount>, address: Hex): void {
  state.delete(address);
  for (const [other, { balance, nonce, code }] of state) {
    if (balance === 0n && nonce === 0n && code === '0x') state.delete(other);
  }
}

function setWord(account: StateAccount, slot: Hex, value: Hex): void {
  if (value === zeroWord) account.storage.delete(slot);
  else account.storage.set(slot, value);
}
