import type { Access } from '../access.js';

/** Pays members what their quest and surf shares earned. They must be active. */
export function settleRewards(
  access: Access<'questShare' | 'surfShare', 'questSettled' | 'surfSettled' | 'balance'>,
  members: Uint32Array,
): void {
  const { kernel, columns } = access;
  const { balance } = columns;
  const quest = kernel.settle(
    members,
    columns.questShare,
    access.get('questAccumulator'),
    columns.questSettled,
    balance,
  );
  const surf = kernel.settle(
    members,
    columns.surfShare,
    access.get('surfAccumulator'),
    columns.surfSettled,
    balance,
  );
  access.move('questAccrued', 'wallets', quest);
  access.move('surfAccrued', 'wallets', surf);
  access.visit(members.length);
}
