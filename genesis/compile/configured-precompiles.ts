import type { Activation, PrecompileKey } from '../precompiles/precompile.js';
import type { ParsedGenesis } from './parsed-genesis.js';

/** A precompile configuration and where it stands. */
interface ConfiguredPrecompile {
  readonly key: PrecompileKey;
  readonly config: Activation;
  readonly path: string;
  readonly file: 'genesis' | 'upgrade';
}

/** Every precompile configuration of the genesis and of upgrade.json. */
export function* configuredPrecompiles({ config }: ParsedGenesis): Iterable<ConfiguredPrecompile> {
  for (const [key, own] of config.precompiles) {
    yield { key, config: own, path: `config.${key}`, file: 'genesis' };
  }
  for (const [index, { key, config: own }] of config.precompileUpgrades.entries()) {
    yield { key, config: own, path: `precompileUpgrades[${index}].${key}`, file: 'upgrade' };
  }
}
