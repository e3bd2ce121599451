import { checksumAddress } from './checksum-address.js';
import type { PlanInput } from './plan-schema.js';
import type { ResolveTools } from './resolve-tools.js';
import type {
  Address,
  PrecompileRoles,
  ResolvedChain,
  ResolvedPrecompiles,
  ResolvedPredeploys,
} from './resolved-plan.js';

/** Turns names into addresses and numbers into chain parameters; the fee mode decides where the reward manager points. */
export function resolveChain(
  plan: PlanInput,
  tools: ResolveTools,
): { readonly chain: ResolvedChain; readonly predeploys: ResolvedPredeploys } {
  const { chain } = plan;
  const fee = chain.feeConfig;
  if (fee.minBlockGasCost > fee.maxBlockGasCost) {
    const message = `minBlockGasCost ${fee.minBlockGasCost} exceeds maxBlockGasCost ${fee.maxBlockGasCost}.`;
    tools.report('chain.feeConfig.minBlockGasCost', message, 'at most maxBlockGasCost');
  }
  return {
    chain: {
      chainId: chain.chainId,
      timestamp: chain.timestamp,
      gasLimit: BigInt(fee.gasLimit),
      feeConfig: {
        gasLimit: BigInt(fee.gasLimit),
        targetBlockRate: BigInt(fee.targetBlockRate),
        minBaseFee: BigInt(fee.minBaseFee),
        targetGas: BigInt(fee.targetGas),
        baseFeeChangeDenominator: BigInt(fee.baseFeeChangeDenominator),
        minBlockGasCost: BigInt(fee.minBlockGasCost),
        maxBlockGasCost: BigInt(fee.maxBlockGasCost),
        blockGasCostStep: BigInt(fee.blockGasCostStep),
      },
      upgrades: Object.fromEntries(
        Object.entries(chain.upgrades ?? {}).filter(([, time]) => time !== undefined),
      ),
      allowFeeRecipients:
        plan.fees.mode === 'validators' && chain.precompiles.rewardManager === undefined,
      precompiles: resolvePrecompiles(plan, tools),
    },
    predeploys: resolvePredeploys(plan, tools),
  };
}

function resolvePrecompiles(plan: PlanInput, tools: ResolveTools): ResolvedPrecompiles {
  const { precompiles, timestamp } = plan.chain;
  const roles = (name: Exclude<keyof typeof precompiles, 'warp'>): PrecompileRoles => {
    const input = precompiles[name] ?? {};
    const path = `chain.precompiles.${name}`;
    const seen = new Set<Address>();
    const list = (kind: 'admins' | 'managers' | 'enabled') =>
      (input[kind] ?? []).map((reference, index) => {
        const address = tools.anyAddress(reference, `${path}.${kind}.${index}`);
        if (seen.has(address)) {
          const message = `"${reference}" (${address}) has a role here already.`;
          tools.report(`${path}.${kind}.${index}`, message, 'one role per address');
        }
        seen.add(address);
        return address;
      });
    return {
      blockTimestamp: timestamp,
      admins: list('admins'),
      managers: list('managers'),
      enabled: list('enabled'),
    };
  };
  const splitter = plan.predeploys.feeSplitter?.address;
  return {
    ...(precompiles.contractDeployerAllowList && {
      contractDeployerAllowList: roles('contractDeployerAllowList'),
    }),
    ...(precompiles.contractNativeMinter && {
      contractNativeMinter: roles('contractNativeMinter'),
    }),
    ...(precompiles.txAllowList && { txAllowList: roles('txAllowList') }),
    ...(precompiles.feeManager && { feeManager: roles('feeManager') }),
    ...(precompiles.rewardManager && {
      rewardManager: {
        ...roles('rewardManager'),
        ...(plan.fees.mode === 'validators' && { allowFeeRecipients: true }),
        ...(plan.fees.mode === 'split' &&
          splitter !== undefined && { rewardAddress: checksumAddress(splitter) }),
      },
    }),
    ...(precompiles.warp && {
      warp: {
        blockTimestamp: timestamp,
        quorumNumerator: quorum(precompiles.warp.quorumNumerator ?? 0, tools),
        requirePrimaryNetworkSigners: precompiles.warp.requirePrimaryNetworkSigners ?? false,
      },
    }),
  };
}

function quorum(numerator: number, tools: ResolveTools): number {
  if (numerator !== 0 && numerator < 33) {
    const message = `A quorum of ${numerator} % is too small.`;
    tools.report('chain.precompiles.warp.quorumNumerator', message, '0 (for 67) or 33 to 100');
  }
  return numerator;
}

function resolvePredeploys(plan: PlanInput, tools: ResolveTools): ResolvedPredeploys {
  const { feeSplitter, timelock, wmasa, create2Factory, vestingVault } = plan.predeploys;
  const owners = new Map(
    Object.entries(plan.accounts).map(([name, address]) => [checksumAddress(address), name]),
  );
  for (const [name, predeploy] of Object.entries(plan.predeploys)) {
    if (predeploy === undefined) continue;
    const address = checksumAddress(predeploy.address);
    const path = `predeploys.${name}.address`;
    const other = owners.get(address);
    if (other !== undefined) {
      tools.report(path, `${address} is already "${other}".`, 'an address of its own');
    }
    if (/^0x0[0-3]0{16}/.test(address)) {
      tools.report(path, `${address} is reserved for precompiles.`, 'outside 0x01…, 0x02…, 0x03…');
    }
    owners.set(address, name);
  }
  const names = (list: readonly string[], path: string) =>
    list.map((name, index) => tools.anyAddress(name, `${path}.${index}`));
  if (timelock?.proposers.length === 0) {
    tools.report('predeploys.timelock.proposers', 'Nobody may propose.', 'at least one name');
  }
  return {
    ...(feeSplitter && { feeSplitter: { address: checksumAddress(feeSplitter.address) } }),
    ...(timelock && {
      timelock: {
        address: checksumAddress(timelock.address),
        minDelaySeconds: timelock.minDelaySeconds,
        proposers: names(timelock.proposers, 'predeploys.timelock.proposers'),
        executors: names(timelock.executors, 'predeploys.timelock.executors'),
      },
    }),
    ...(wmasa && { wmasa: { address: checksumAddress(wmasa.address) } }),
    ...(create2Factory && { create2Factory: { address: checksumAddress(create2Factory.address) } }),
    ...(vestingVault && {
      vestingVault: {
        address: checksumAddress(vestingVault.address),
        admin: tools.anyAddress(vestingVault.admin, 'predeploys.vestingVault.admin'),
      },
    }),
  };
}
