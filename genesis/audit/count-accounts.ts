import type { WorldState } from '../evm/world-state.js';
import { blackhole } from '../precompiles/reward-manager.js';

/** Accounts of one kind and the coins they hold together. */
export interface AccountKind {
  readonly kind: 'contract' | 'external' | 'burned';
  readonly accounts: number;
  /** Wei. */
  readonly balance: bigint;
}

/** Every account of a state by kind; precompiles count as contracts, the blackhole as burned. */
export function countAccounts(state: WorldState): AccountKind[] {
  const kinds = { contract: [0, 0n], external: [0, 0n], burned: [0, 0n] } as Record<
    AccountKind['kind'],
    [number, bigint]
  >;
  for (const [address, { balance, code }] of state.accounts()) {
    const kind = address === blackhole ? 'burned' : code.length > 0 ? 'contract' : 'external';
    kinds[kind][0] += 1;
    kinds[kind][1] += balance;
  }
  return Object.entries(kinds).map(([kind, [accounts, balance]]) => ({
    kind: kind as AccountKind['kind'],
    accounts,
    balance,
  }));
}
