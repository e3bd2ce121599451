import { hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../../../genesis/base/hash.js';
import type { WorldState } from '../../../genesis/evm/world-state.js';

/** What a developer sets of an account, whatever its keys and code say. */
export interface AccountOverride {
  readonly balance?: bigint | undefined;
  readonly nonce?: bigint | undefined;
  readonly code?: Hex | undefined;
  /** Replaces the whole storage. */
  readonly state?: ReadonlyMap<Hex, Hex> | undefined;
  /** Slots that are set beside the others; both are 32 bytes. */
  readonly stateDiff?: ReadonlyMap<Hex, Hex> | undefined;
}

/** A state with some members of some accounts replaced. */
export function overrideState(
  state: WorldState,
  overrides: ReadonlyMap<Hex, AccountOverride>,
): WorldState {
  return state.with(
    [...overrides].map(([address, { balance, nonce, code, state: whole, stateDiff }]) => {
      const before = state.get(address);
      const bytes =
        code === undefined ? (before?.code ?? new Uint8Array()) : hexToBytes(code.slice(2));
      return [
        address,
        {
          account: {
            balance: balance ?? before?.balance ?? 0n,
            nonce: nonce ?? before?.nonce ?? 0n,
            code: bytes,
            codeHash: state.keccak(bytes),
          },
          cleared: whole !== undefined,
          storage: new Map(
            [...(whole ?? stateDiff ?? [])].map(([slot, word]) => [slot, stripped(word)]),
          ),
        },
      ];
    }),
  );
}

function stripped(word: Hex): Uint8Array {
  const bytes = hexToBytes(word.slice(2));
  let zeros = 0;
  while (bytes[zeros] === 0) zeros += 1;
  return bytes.subarray(zeros);
}
