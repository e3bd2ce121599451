import type { FeeConfig } from '../../precompiles/fee-config.js';
import type { FeeManagerConfig } from '../../precompiles/fee-manager.js';
import { configuredPrecompiles } from '../configured-precompiles.js';
import { forkTimeNames } from '../parsed-genesis.js';
import { defineRules, type GenesisSubject } from './lint-rule.js';
import { publicChains } from './public-chains.js';

/** 6 M gas: a contract of 24,576 bytes at 200 gas a byte, its creation and its calldata. */
const LARGEST_DEPLOYMENT_GAS = 6_000_000n;
/** Blocks in the fee window of ten seconds when one block takes two seconds (Granite). */
const BLOCKS_PER_WINDOW = 5n;

interface ConfiguredFees {
  readonly path: string;
  readonly file: 'genesis' | 'upgrade';
  readonly config: FeeConfig;
}

/** Rules about chain id, time, forks and fees. */
export const chainRules = defineRules([
  {
    code: 'chain-id-missing',
    severity: 'error',
    title: 'Without chainId the genesis has a hash but the node crashes when it starts.',
    fix: 'Add "chainId" to config.',
    *check({ genesis }) {
      if (genesis.config.chainId === undefined)
        yield { path: 'config', message: 'chainId is absent.' };
    },
  },
  {
    code: 'chain-id-range',
    severity: 'error',
    title: 'Wallets take chain ids from 1 to 2^53 - 1 only.',
    fix: 'Choose a smaller positive id.',
    *check({ genesis }) {
      const id = genesis.config.chainId ?? 1n;
      if (id < 1n || id >= 1n << 53n)
        yield { path: 'config.chainId', message: `chainId is ${id}.` };
    },
  },
  {
    code: 'chain-id-taken',
    severity: 'error',
    title: 'The chain id belongs to a public chain: signed transactions could be replayed there.',
    fix: 'Choose an id that no registry lists.',
    *check({ genesis, known }) {
      const id = genesis.config.chainId;
      if (id === undefined || id === known.ownChainId) return;
      const name = publicChains.get(Number(id));
      if (name) yield { path: 'config.chainId', message: `${id} is the chain id of ${name}.` };
    },
  },
  {
    code: 'chain-id-mix-up',
    severity: 'error',
    title: 'The digits of the chain id are those of a public chain written in hexadecimal.',
    fix: 'Write the id in decimal: JSON has no hexadecimal numbers.',
    *check({ genesis }) {
      const id = genesis.config.chainId;
      if (id === undefined || id < 100n || publicChains.has(Number(id))) return;
      const meant = Number.parseInt(id.toString(), 16);
      const name = publicChains.get(meant);
      if (name === undefined) return;
      yield {
        path: 'config.chainId',
        message: `${id} looks like 0x${id}, which is ${meant}, the chain id of ${name}.`,
      };
    },
  },
  {
    code: 'future-timestamp',
    severity: 'error',
    title: 'A genesis time in the future is not refused, but the chain makes no blocks until then.',
    fix: 'Use a time in the past.',
    *check({ genesis, known }) {
      if (known.now === undefined || genesis.timestamp <= known.now) return;
      yield { path: 'timestamp', message: `${genesis.timestamp} is after now, ${known.now}.` };
    },
  },
  {
    code: 'timestamp-before-forks',
    severity: 'warning',
    title:
      'At the genesis time Durango and Etna are not active, so block 0 lacks their fields and precompiles may be refused.',
    fix: 'Set "timestamp" to a recent second.',
    *check({ genesis }) {
      const { etna } = genesis.config.upgrades;
      if (etna === undefined || genesis.timestamp >= etna) return;
      yield {
        path: 'timestamp',
        message: `timestamp ${genesis.timestamp} is before Etna, ${etna}.`,
      };
    },
  },
  {
    code: 'ignored-fork-time',
    severity: 'warning',
    title: 'shanghaiTime and cancunTime follow Durango and Etna; what the file says is ignored.',
    fix: 'Remove them.',
    *check({ genesis, root }) {
      const config = root.members?.findLast(({ key }) => key === 'config')?.value;
      for (const name of forkTimeNames.slice(0, 2)) {
        const member = config?.members?.findLast(({ key }) => key === name);
        const taken = genesis.config.forks[name];
        if (member === undefined || member.value.raw === String(taken)) continue;
        yield {
          path: `config.${name}`,
          message: `${name} ${member.value.raw} is ignored; ${taken ?? 'never'} holds.`,
        };
      }
    },
  },
  {
    code: 'gas-limits-differ',
    severity: 'error',
    title:
      'The gas limits of header, feeConfig and initialFeeConfig differ: refused, or a jump at block 1.',
    fix: 'Use one number in all three.',
    *check({ genesis }) {
      const configured = genesis.config.feeConfig.gasLimit;
      if (configured !== undefined && configured !== genesis.gasLimit) {
        yield { path: 'gasLimit', message: `Header ${genesis.gasLimit}, feeConfig ${configured}.` };
      }
      const own = genesis.config.precompiles.get('feeManagerConfig') as
        | FeeManagerConfig
        | undefined;
      const initial = own?.initialFeeConfig?.gasLimit;
      if (initial === undefined || initial === configured) return;
      yield {
        path: 'config.feeManagerConfig.initialFeeConfig.gasLimit',
        message: `feeConfig ${configured}, initialFeeConfig ${initial}.`,
      };
    },
  },
  {
    code: 'min-base-fee-zero',
    severity: 'error',
    title: 'minBaseFee 0 is accepted at genesis, but then no block is made.',
    fix: 'Use at least 1.',
    *check(subject) {
      for (const { path, file, config } of feeConfigs(subject)) {
        if (config.minBaseFee === 0n)
          yield { file, path: `${path}.minBaseFee`, message: 'minBaseFee is 0.' };
      }
    },
  },
  {
    code: 'min-base-fee-too-large',
    severity: 'error',
    title: 'minBaseFee above 2^63 - 1 is accepted at genesis but breaks block 1.',
    fix: 'Use a smaller number of wei.',
    *check(subject) {
      for (const { path, file, config } of feeConfigs(subject)) {
        if ((config.minBaseFee ?? 0n) < 1n << 63n) continue;
        yield { file, path: `${path}.minBaseFee`, message: `minBaseFee is ${config.minBaseFee}.` };
      }
    },
  },
  {
    code: 'target-gas-unreachable',
    severity: 'warning',
    title: 'Full blocks cannot reach targetGas in ten seconds, so the base fee can never rise.',
    fix: 'Lower targetGas to at most five times gasLimit, or postpone Granite for faster blocks.',
    *check(subject) {
      const { timestamp, config: chain } = subject.genesis;
      const { granite } = chain.upgrades;
      if (granite === undefined || granite > timestamp) return;
      for (const { path, file, config } of feeConfigs(subject)) {
        const { targetGas, gasLimit } = config;
        if (targetGas === undefined || gasLimit === undefined) continue;
        if (targetGas <= gasLimit * BLOCKS_PER_WINDOW) continue;
        yield {
          file,
          path: `${path}.targetGas`,
          message: `targetGas ${targetGas}, gasLimit ${gasLimit}.`,
        };
      }
    },
  },
  {
    code: 'gas-limit-too-small',
    severity: 'warning',
    title: 'The biggest planned deployment does not fit a block.',
    fix: 'Raise gasLimit.',
    *check(subject) {
      const needed = subject.known.largestDeploymentGas ?? LARGEST_DEPLOYMENT_GAS;
      for (const { path, file, config } of feeConfigs(subject)) {
        if ((config.gasLimit ?? needed) >= needed) continue;
        yield {
          file,
          path: `${path}.gasLimit`,
          message: `gasLimit ${config.gasLimit}, needed ${needed}.`,
        };
      }
    },
  },
]);

function* feeConfigs({ genesis }: GenesisSubject): Iterable<ConfiguredFees> {
  yield { path: 'config.feeConfig', file: 'genesis', config: genesis.config.feeConfig };
  for (const { config, path, file } of configuredPrecompiles(genesis)) {
    const initial = (config as FeeManagerConfig).initialFeeConfig;
    if (initial) yield { path: `${path}.initialFeeConfig`, file, config: initial };
  }
}
