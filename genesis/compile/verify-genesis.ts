import { verifyFeeConfig } from '../precompiles/fee-config.js';
import type { PrecompileChain } from '../precompiles/precompile.js';
import { findPrecompile } from '../precompiles/registry.js';
import type { Violation } from '../precompiles/violation.js';
import { networkUpgrades } from './network-upgrades.js';
import type { GenesisConfig, ParsedGenesis } from './parsed-genesis.js';
import { verifyForkOrder, verifyNetworkUpgrades } from './verify-forks.js';

/** A broken rule and the file it is in. */
interface GenesisViolation extends Violation {
  readonly file: 'genesis' | 'upgrade';
}

/** What precompiles may ask about the chain. */
export function precompileChain(config: GenesisConfig): PrecompileChain {
  const durango = config.upgrades.durango;
  return {
    feeConfig: config.feeConfig,
    allowFeeRecipients: config.allowFeeRecipients,
    isDurango: (timestamp) => durango !== undefined && durango <= timestamp,
  };
}

/** The first rule of Subnet-EVM that a genesis breaks, in the order in which the node checks. */
export function verifyGenesis(genesis: ParsedGenesis): GenesisViolation | undefined {
  const { config } = genesis;
  return (
    inGenesis(verifyGasLimit(genesis)) ??
    inGenesis(prefix('config.feeConfig', verifyFeeConfig(config.feeConfig))) ??
    verifyPrecompiles(config) ??
    verifyStateUpgrades(config) ??
    inGenesis(verifyNetworkUpgrades(config.upgrades, networkUpgrades[genesis.network])) ??
    inGenesis(verifyBlock(genesis)) ??
    inGenesis(verifyForkOrder(config.forks, config.upgrades))
  );
}

function verifyGasLimit({ gasLimit, config }: ParsedGenesis): Violation | undefined {
  const configured = config.feeConfig.gasLimit;
  if (configured === undefined) {
    return { path: 'config.feeConfig', message: 'feeConfig has no gasLimit.' };
  }
  // The node compares the low 64 bits of the magnitude.
  const low = BigInt.asUintN(64, configured < 0n ? -configured : configured);
  if (low === gasLimit) return undefined;
  return {
    path: 'gasLimit',
    message: `gasLimit ${gasLimit} of the header differs from gasLimit ${configured} of feeConfig.`,
  };
}

function verifyPrecompiles(config: GenesisConfig): GenesisViolation | undefined {
  const chain = precompileChain(config);
  const last = new Map<string, { time: bigint; disabled: boolean }>();
  for (const [key, own] of config.precompiles) {
    const violation = findPrecompile(key)!.verify(own, chain);
    if (violation) return inGenesis(prefix(`config.${key}`, violation));
    if (own.blockTimestamp !== undefined) {
      last.set(key, { time: own.blockTimestamp, disabled: false });
    }
  }
  let previous = 0n;
  for (const [index, { key, config: upgrade }] of config.precompileUpgrades.entries()) {
    const path = `precompileUpgrades[${index}].${key}`;
    const fail = (message: string): GenesisViolation => ({ file: 'upgrade', path, message });
    const before = last.get(key);
    const [time, disabled] = [upgrade.blockTimestamp, upgrade.disable ?? false];
    if (time === undefined) return fail('blockTimestamp is missing.');
    if (time < previous) {
      return fail(`blockTimestamp ${time} is before ${previous} of an entry above it.`);
    }
    if ((before?.disabled ?? true) === disabled) {
      return fail(
        disabled
          ? `${key} is not enabled, so it cannot be disabled.`
          : `${key} is enabled already.`,
      );
    }
    if (before !== undefined && time <= before.time) {
      return fail(`blockTimestamp ${time} is not after ${before.time}, the last change of ${key}.`);
    }
    const violation = findPrecompile(key)!.verify(upgrade, chain);
    if (violation) return { file: 'upgrade', ...prefix(path, violation)! };
    last.set(key, { time, disabled });
    previous = time;
  }
  return undefined;
}

function verifyStateUpgrades({ stateUpgrades }: GenesisConfig): GenesisViolation | undefined {
  let previous: bigint | undefined;
  for (const [index, { blockTimestamp: time }] of stateUpgrades.entries()) {
    const path = `stateUpgrades[${index}]`;
    const fail = (message: string): GenesisViolation => ({ file: 'upgrade', path, message });
    if (time === undefined) return fail('blockTimestamp is missing.');
    if (time === 0n) return fail('blockTimestamp is 0; it must be above 0.');
    if (previous !== undefined && time <= previous) {
      return fail(`blockTimestamp ${time} is not after ${previous} of the entry above it.`);
    }
    previous = time;
  }
  return undefined;
}

/** What makes the node stop while it makes or stores block 0. */
function verifyBlock(genesis: ParsedGenesis): Violation | undefined {
  if (genesis.difficulty < 0n) {
    return { path: 'difficulty', message: `difficulty ${genesis.difficulty} is negative.` };
  }
  if ((genesis.baseFeePerGas ?? 0n) < 0n) {
    return {
      path: 'baseFeePerGas',
      message: `baseFeePerGas ${genesis.baseFeePerGas} is negative.`,
    };
  }
  if (genesis.number !== 0n) {
    return {
      path: 'number',
      message: `number is ${genesis.number}; a genesis block has number 0.`,
    };
  }
  const { verkleTime, londonBlock } = genesis.config.forks;
  if (verkleTime !== undefined && verkleTime <= genesis.timestamp && londonBlock === 0n) {
    return {
      path: 'config.verkleTime',
      message: `verkleTime ${verkleTime} is active in block 0, which the node cannot make.`,
    };
  }
  return undefined;
}

function prefix(path: string, violation: Violation | undefined): Violation | undefined {
  return violation && { ...violation, path: `${path}.${violation.path}` };
}

function inGenesis(violation: Violation | undefined): GenesisViolation | undefined {
  return violation && { file: 'genesis', ...violation };
}
