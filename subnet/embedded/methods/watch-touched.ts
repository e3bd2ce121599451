import type { Hex } from '../../../genesis/base/hash.js';
import type { FrameWatcher } from '../chain/watch-frames.js';

/** Collects the accounts that an execution looks at or changes, with the slots of each. */
export function watchTouched(): {
  readonly watcher: FrameWatcher;
  readonly touched: ReadonlyMap<Hex, ReadonlySet<Hex>>;
  /** Contracts that were made, or tried to be. */
  readonly created: ReadonlySet<Hex>;
} {
  const touched = new Map<Hex, Set<Hex>>();
  const created = new Set<Hex>();
  const touch = (address: Hex): Set<Hex> => {
    const slots = touched.get(address) ?? new Set<Hex>();
    touched.set(address, slots);
    return slots;
  };
  const watcher: FrameWatcher = {
    step({ opcode: { name }, stack, address }) {
      const top = stack.at(-1);
      const second = stack.at(-2);
      if (top === undefined) return;
      if (name === 'SLOAD' || name === 'SSTORE')
        touch(address.toString()).add(`0x${top.toString(16).padStart(64, '0')}`);
      else if (/^(BALANCE|EXTCODE.*|SELFDESTRUCT)$/.test(name)) touch(addressOf(top));
      else if (/^(CALL|CALLCODE|DELEGATECALL|STATICCALL)$/.test(name) && second !== undefined)
        touch(addressOf(second));
    },
    leave({ createdAddress }) {
      if (createdAddress === undefined) return;
      touch(createdAddress.toString());
      created.add(createdAddress.toString());
    },
  };
  return { watcher, touched, created };
}

function addressOf(word: bigint): Hex {
  return `0x${BigInt.asUintN(160, word).toString(16).padStart(40, '0')}`;
}
