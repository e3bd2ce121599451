import { contractDeployerAllowList } from './contract-deployer-allow-list.js';
import { feeManager } from './fee-manager.js';
import { nativeMinter } from './native-minter.js';
import type { Precompile } from './precompile.js';
import { rewardManager } from './reward-manager.js';
import { transactionAllowList } from './transaction-allow-list.js';
import { warp } from './warp.js';

/** Every stateful precompile, ascending by address: the order in which a block activates them. */
// biome-ignore lint/suspicious/noExplicitAny: configurations differ, each goes back to its own precompile
export const precompiles: readonly Precompile<any>[] = [
  contractDeployerAllowList,
  nativeMinter,
  transactionAllowList,
  feeManager,
  rewardManager,
  warp,
];

/** The precompile of a configuration key, spelled exactly. */
export function findPrecompile(key: string): Precompile | undefined {
  return precompiles.find((precompile) => precompile.key === key);
}
