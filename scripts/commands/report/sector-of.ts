const sectors: Readonly<Record<string, string>> = {
  blackhole: 'burned',
  vault: 'lockedByVesting',
  wallets: 'contributors',
  pool: 'market',
  orders: 'market',
  staked: 'staked',
  cooldown: 'staked',
  nodeStake: 'nodes',
  nodeUnbonding: 'nodes',
  nodeFree: 'nodes',
  treasury: 'treasury',
  validators: 'validators',
  contributorPool: 'programmes',
  accrued: 'programmes',
  dataPool: 'programmes',
  dataAccrued: 'programmes',
  nodePool: 'programmes',
  nodeLocked: 'programmes',
  stakingReserve: 'programmes',
  stakingReserved: 'programmes',
  faucet: 'programmes',
};

/** The sector of an account of the model's ledger: rewards not yet paid count as programmes. @example sectorOf('accrued') // 'programmes' */
export function sectorOf(account: string): string {
  if (account.startsWith('programme:')) return 'programmes';
  if (account.startsWith('holders:') || account.startsWith('holder:')) return 'holders';
  return sectors[account] ?? 'others';
}
