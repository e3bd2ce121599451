import { Account, createAddressFromString } from '@ethereumjs/util';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../base/hash.js';
import { feeManager, lastChangedAtSlot } from '../precompiles/fee-manager.js';
import { numberWord } from '../precompiles/words.js';
import type { Engine } from './engine.js';
import { addBalance } from './subnet-evm.js';
import type { BlockHeader, UpgradeEffect } from './types.js';

/**
 * What a block's time switches: precompiles first, in the order of their addresses, each disabled one destroyed at once so
 * that it can come back in the same block, then the state upgrades.
 *
 * @returns The coins that this gave or took, in order.
 */
export async function applyUpgrades(
  engine: Engine,
  parentTimestamp: bigint,
  header: Pick<BlockHeader, 'timestamp' | 'number'>,
): Promise<readonly UpgradeEffect[]> {
  const { rules, state } = engine;
  const effects: UpgradeEffect[] = [];
  const give = async (cause: UpgradeEffect['cause'], address: Hex, amount: bigint) => {
    const before = state.supplyChange;
    await addBalance(evm, createAddressFromString(address), amount);
    // Not the amount itself: negative ones are written as 2^256 less.
    const change = state.supplyChange - before;
    if (change !== 0n) effects.push({ cause, address, amount: change });
  };
  const { timestamp } = header;
  const evm = engine.evm(rules.at(timestamp));
  const setWord = (address: Hex, slot: Hex, value: Hex) =>
    state.writeStorage(address, slot, hexToBytes(value.slice(2)));
  for (const { precompile, config } of rules.switching(parentTimestamp, timestamp)) {
    const address = createAddressFromString(precompile.address);
    if (config.disable) {
      const held = state.readAccount(precompile.address)?.balance ?? 0n;
      if (held > 0n)
        effects.push({ cause: 'disabled', address: precompile.address, amount: -held });
      await evm.journal.deleteAccount(address);
      await evm.journal.cleanup();
      continue;
    }
    await state.modifyAccountFields(address, { nonce: 1n });
    await state.putCode(address, Uint8Array.of(1));
    const pending: (() => Promise<void>)[] = [];
    precompile.configure(config as never, rules.chain, {
      setStorage: (slot, value) => setWord(precompile.address, slot, value),
      addBalance: (to, amount) => pending.push(() => give('initialMint', to, amount)),
    });
    for (const one of pending) await one();
    if (precompile.key === feeManager.key)
      setWord(precompile.address, lastChangedAtSlot, numberWord(header.number));
  }
  for (const { blockTimestamp, accounts } of rules.config.stateUpgrades) {
    if (
      blockTimestamp === undefined ||
      blockTimestamp <= parentTimestamp ||
      blockTimestamp > timestamp
    )
      continue;
    for (const [name, change] of accounts ?? []) {
      const address = createAddressFromString(name);
      const touch = async () =>
        evm.journal.putAccount(address, state.readAccount(name as Hex) ?? new Account());
      if (state.readAccount(name as Hex) === undefined) await touch();
      if (change?.balanceChange !== undefined)
        await give('balanceChange', name as Hex, change.balanceChange);
      const code = hexToBytes((change?.code ?? '0x').slice(2));
      if (code.length > 0) {
        if ((await state.getAccount(address))!.nonce === 0n)
          await state.modifyAccountFields(address, { nonce: 1n });
        await state.putCode(address, code);
      }
      for (const [slot, value] of change?.storage ?? []) {
        const word = value ?? numberWord(0n);
        await state.originalStorageCache.get(address, hexToBytes(slot.slice(2)));
        const before = state.readStorage(name as Hex, slot as Hex);
        if (BigInt(word) === BigInt(`0x0${bytesToHex(before)}`)) continue;
        await touch();
        setWord(name as Hex, slot as Hex, word);
      }
    }
  }
  await evm.journal.cleanup();
  // Before Etna the block's first transaction still pays for storage by what stood there before the upgrade.
  if (rules.at(timestamp).etna) state.originalStorageCache.clear();
  return effects;
}
