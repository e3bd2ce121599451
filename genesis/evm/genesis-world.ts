import { KECCAK256_NULL } from '@ethereumjs/util';
import { hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../base/hash.js';
import type { StateAccount } from '../compile/genesis-state.js';
import { type AccountChange, WorldState } from './world-state.js';

/** The state of block 0 from its accounts; empty ones are kept, as the node does at genesis. */
export function genesisWorld(
  accounts: ReadonlyMap<Hex, StateAccount>,
  keccak: (bytes: Uint8Array) => Uint8Array,
): WorldState {
  const changes = [...accounts].map(
    ([address, { balance, nonce, code, storage }]): [Hex, AccountChange] => {
      const bytes = hexToBytes(code.slice(2));
      return [
        address,
        {
          account: {
            balance,
            nonce,
            code: bytes,
            codeHash: bytes.length === 0 ? KECCAK256_NULL : keccak(bytes),
          },
          cleared: false,
          storage: new Map([...storage].map(([slot, word]) => [slot, stripped(word)])),
        },
      ];
    },
  );
  return WorldState.empty(keccak).with(changes);
}

function stripped(word: Hex): Uint8Array {
  const bytes = hexToBytes(word.slice(2));
  let zeros = 0;
  while (bytes[zeros] === 0) zeros += 1;
  return bytes.subarray(zeros);
}
