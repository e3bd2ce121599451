import type { Hex } from '../base/hash.js';
import type { GenesisConfig } from '../compile/parsed-genesis.js';
import { precompileChain } from '../compile/verify-genesis.js';
import type {
  Activation,
  Precompile,
  PrecompileChain,
  PrecompileKey,
} from '../precompiles/precompile.js';
import { precompiles } from '../precompiles/registry.js';
import type { Rules } from './types.js';

/** Questions about a chain's configuration that depend on time. */
export interface ChainRules {
  readonly config: GenesisConfig;
  readonly chain: PrecompileChain;
  at(timestamp: bigint): Rules;
  /** Whether a stateful precompile is on at a time. */
  enabled(key: PrecompileKey, timestamp: bigint): boolean;
  /** By address, the stateful precompiles that are on at a time. */
  active(timestamp: bigint): ReadonlyMap<Hex, Precompile>;
  /** What switches on or off between a parent's time (exclusive) and a block's (inclusive), in the node's order. */
  switching(
    parent: bigint,
    timestamp: bigint,
  ): readonly { precompile: Precompile; config: Activation }[];
}

/** Reads the configuration of a chain as Subnet-EVM does: the genesis first, then upgrade.json in its order. */
export function chainRules(config: GenesisConfig): ChainRules {
  const activations = new Map(
    precompiles.map(({ key }) => {
      const own = config.precompiles.get(key);
      const upgrades = config.precompileUpgrades
        .filter((upgrade) => upgrade.key === key)
        .map(({ config: c }) => c);
      return [key, own === undefined ? upgrades : [own, ...upgrades]] as const;
    }),
  );
  const enabled = (key: PrecompileKey, timestamp: bigint) => {
    let on = false;
    for (const { blockTimestamp, disable } of activations.get(key)!) {
      if (blockTimestamp !== undefined && blockTimestamp <= timestamp) on = disable !== true;
    }
    return on;
  };
  const at = (timestamp: bigint): Rules => {
    const { subnetEVM, durango, etna, granite } = config.upgrades;
    const active = (time: bigint | undefined) => time !== undefined && time <= timestamp;
    return {
      subnetEVM: active(subnetEVM),
      durango: active(durango),
      etna: active(etna),
      granite: active(granite),
    };
  };
  return {
    config,
    chain: precompileChain(config),
    at,
    enabled,
    active: (timestamp) =>
      new Map(
        precompiles.filter(({ key }) => enabled(key, timestamp)).map((one) => [one.address, one]),
      ),
    switching: (parent, timestamp) =>
      precompiles.flatMap((precompile) =>
        activations
          .get(precompile.key)!
          .filter(
            ({ blockTimestamp: time }) => time !== undefined && time > parent && time <= timestamp,
          )
          .map((one) => ({ precompile, config: one })),
      ),
  };
}
