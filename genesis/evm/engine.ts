import { type Common, createCustomCommon, Hardfork, Mainnet } from '@ethereumjs/common';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { ToolkitError } from '../base/errors.js';
import { type Hex, keccak256 } from '../base/hash.js';
import {
  forkBlockNames,
  type GenesisConfig,
  type ParsedGenesis,
} from '../compile/parsed-genesis.js';
import { UNSCHEDULED } from '../compile/verify-forks.js';
import type { FeeConfig } from '../precompiles/fee-config.js';
import { feeManager } from '../precompiles/fee-manager.js';
import {
  allowFeeRecipientsWord,
  blackhole,
  rewardAddressSlot,
  rewardManager,
} from '../precompiles/reward-manager.js';
import { type ChainRules, chainRules } from './chain-rules.js';
import { JournaledState } from './journaled-state.js';
import { readFeeConfig } from './precompiles/fee-manager-functions.js';
import type { NetworkIdentity } from './precompiles/precompile-call.js';
import { SubnetEvm } from './subnet-evm.js';
import type { BlockHeader, EvmCrypto, Rules } from './types.js';
import type { WorldState } from './world-state.js';

/** Everything that executing blocks of one chain needs; built once per chain. One block at a time: the EVM has state. */
export interface Engine {
  readonly rules: ChainRules;
  readonly crypto: EvmCrypto;
  readonly network: NetworkIdentity;
  readonly chainId: bigint;
  /** The overlay that the EVMs of this engine write to. */
  readonly state: JournaledState;
  common(rules: Rules): Common;
  evm(rules: Rules): SubnetEvm;
  /** Fee configuration in force for the child of a block. */
  feesAfter(header: BlockHeader, state: WorldState): Required<FeeConfig>;
  /** Where the fees of a block's child must go; undefined when its maker may choose. */
  coinbaseAfter(header: BlockHeader, state: WorldState): Hex | undefined;
}

export interface EngineParameters {
  readonly genesis: ParsedGenesis;
  /** Any state of the chain; the engine is set to another one per block. */
  readonly state: WorldState;
  readonly crypto?: EvmCrypto;
  /** Named in warp messages; default network 0 and a chain of zeros. */
  readonly network?: NetworkIdentity;
}

/** Hashing and key recovery in pure JavaScript. */
export const pureCrypto: EvmCrypto = {
  keccak256,
  recoverPublicKey(hash, signature, recovery) {
    const point = secp256k1.Signature.fromBytes(signature, 'compact')
      .addRecoveryBit(recovery)
      .recoverPublicKey(hash);
    return point.toBytes(false).slice(1);
  },
};

/** Builds the engine of a chain. */
export function createEngine(parameters: EngineParameters): Engine {
  const { genesis, crypto = pureCrypto } = parameters;
  const rules = chainRules(genesis.config);
  const chainId = genesis.config.chainId ?? 0n;
  verifyChain(genesis.config, chainId);
  const state = new JournaledState(parameters.state);
  const commons = new Map<string, Common>();
  const evms = new Map<string, SubnetEvm>();
  const level = ({ durango, etna, granite }: Rules) =>
    granite ? 'granite' : etna ? 'etna' : durango ? 'durango' : 'first';
  const common = (at: Rules) => {
    const name = level(at);
    let found = commons.get(name);
    if (found === undefined) {
      found = createCustomCommon({ name: 'subnet' }, Mainnet, {
        hardfork:
          name === 'first'
            ? Hardfork.London
            : name === 'durango'
              ? Hardfork.Shanghai
              : Hardfork.Cancun,
        eips: name === 'granite' ? [7951] : [],
        customCrypto: {
          keccak256: crypto.keccak256,
          ecrecover: (hash, v, r, s) =>
            crypto.recoverPublicKey(
              hash,
              concatBytes(padded(r), padded(s)),
              recoveryOf(v, chainId),
            ),
        },
      });
      // Not through the configuration, which holds a number and so loses digits above 2^53.
      found.chainId = () => chainId;
      commons.set(name, found);
    }
    return found;
  };
  return {
    rules,
    crypto,
    chainId,
    network: parameters.network ?? { networkId: 0, blockchainId: `0x${'0'.repeat(64)}` },
    state,
    common,
    evm(at) {
      const name = level(at);
      let found = evms.get(name);
      if (found === undefined) {
        found = new SubnetEvm(state, { common: common(at) });
        evms.set(name, found);
      }
      return found;
    },
    feesAfter(header, world) {
      if (!rules.enabled(feeManager.key, header.timestamp))
        return genesis.config.feeConfig as Required<FeeConfig>;
      return readFeeConfig(
        { getStorage: (address, slot) => readWord(world, address, slot) },
        feeManager.address,
      );
    },
    coinbaseAfter(header, world) {
      if (!rules.enabled(rewardManager.key, header.timestamp)) {
        return genesis.config.allowFeeRecipients ? undefined : blackhole;
      }
      const word = readWord(world, rewardManager.address, rewardAddressSlot);
      return word === allowFeeRecipientsWord ? undefined : `0x${word.slice(26)}`;
    },
  };
}

/** Stops what executes by other rules than those that this engine knows. @throws ToolkitError `EVM_CHAIN_UNSUPPORTED`. */
function verifyChain({ forks, upgrades }: GenesisConfig, chainId: bigint): void {
  const refuse = (path: string, message: string, allowed: string): never => {
    throw new ToolkitError({
      code: 'EVM_CHAIN_UNSUPPORTED',
      message,
      where: `config.${path}`,
      allowed,
      next: 'Genesis files of such chains can be hashed and linted, but not executed.',
      exitCode: 2,
    });
  };
  if (chainId < 0n || chainId >= 1n << 256n)
    refuse('chainId', `chainId ${chainId} does not fit a word of the EVM.`, '0 to 2^256 - 1');
  for (const name of forkBlockNames) {
    // The last three change nothing that is executed.
    if (/Glacier|mergeNetsplit|daoFork/.test(name)) continue;
    if (forks[name] !== 0n)
      refuse(name, `${name} is ${forks[name]}: its blocks execute by older rules.`, '0 or absent');
  }
  const times = [
    ['shanghaiTime', scheduled(upgrades.durango)],
    ['cancunTime', scheduled(upgrades.etna)],
    ['verkleTime', undefined],
  ] as const;
  for (const [name, expected] of times) {
    if (forks[name] !== expected)
      refuse(name, `${name} is ${forks[name]}, not ${expected ?? 'absent'}.`, 'absent');
  }
}

const scheduled = (time: bigint | undefined) =>
  time === undefined || time >= UNSCHEDULED ? undefined : time;

function readWord(world: WorldState, address: Hex, slot: Hex): Hex {
  const word = world.getStorage(world.get(address), slot);
  return `0x${Array.from(word, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .padStart(64, '0')}`;
}

function padded(bytes: Uint8Array): Uint8Array {
  const word = new Uint8Array(32);
  word.set(bytes, 32 - bytes.length);
  return word;
}

/** From a signature's v: 27 and 28, 0 and 1, or EIP-155. */
function recoveryOf(v: bigint, chainId: bigint): 0 | 1 {
  const recovery = v < 2n ? v : v < 35n ? v - 27n : v - (35n + 2n * chainId);
  return Number(recovery) as 0 | 1;
}
