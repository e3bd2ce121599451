import type { PrecompileRoles, ResolvedPlan } from '../plan/resolved-plan.js';
import type { GenesisJson } from './format-genesis.js';

/** The `config` of a genesis file from the plan's chain; every precompile is written out in full. */
export function genesisConfig({ chain }: ResolvedPlan): GenesisJson {
  const { precompiles, upgrades } = chain;
  const feeConfig: GenesisJson = { ...chain.feeConfig };
  const { rewardManager, warp } = precompiles;
  return {
    chainId: BigInt(chain.chainId),
    feeConfig,
    allowFeeRecipients: chain.allowFeeRecipients,
    ...Object.fromEntries(
      Object.entries(upgrades).map(([name, time]) => [
        name,
        time === undefined ? undefined : BigInt(time),
      ]),
    ),
    contractDeployerAllowListConfig: rolesOf(precompiles.contractDeployerAllowList),
    contractNativeMinterConfig: rolesOf(precompiles.contractNativeMinter),
    txAllowListConfig: rolesOf(precompiles.txAllowList),
    feeManagerConfig: rolesOf(precompiles.feeManager, { initialFeeConfig: feeConfig }),
    rewardManagerConfig: rolesOf(rewardManager, {
      initialRewardConfig:
        rewardManager?.rewardAddress === undefined
          ? { allowFeeRecipients: rewardManager?.allowFeeRecipients ?? false }
          : { rewardAddress: rewardManager.rewardAddress },
    }),
    warpConfig: warp && {
      blockTimestamp: BigInt(warp.blockTimestamp),
      quorumNumerator: BigInt(warp.quorumNumerator),
      requirePrimaryNetworkSigners: warp.requirePrimaryNetworkSigners,
    },
  };
}

function rolesOf(
  roles: PrecompileRoles | undefined,
  more: { readonly [key: string]: GenesisJson } = {},
): GenesisJson | undefined {
  if (roles === undefined) return undefined;
  const list = (holders: readonly string[]) => (holders.length === 0 ? undefined : holders);
  return {
    blockTimestamp: BigInt(roles.blockTimestamp),
    adminAddresses: list(roles.admins),
    managerAddresses: list(roles.managers),
    enabledAddresses: list(roles.enabled),
    ...more,
  };
}
