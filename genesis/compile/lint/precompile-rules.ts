import type { Hex } from '../../base/hash.js';
import type { RoleConfig } from '../../precompiles/allow-list.js';
import type { NativeMinterConfig } from '../../precompiles/native-minter.js';
import { findPrecompile } from '../../precompiles/registry.js';
import type { RewardManagerConfig } from '../../precompiles/reward-manager.js';
import { configuredPrecompiles } from '../configured-precompiles.js';
import { precompileChain } from '../verify-genesis.js';
import { defineRules } from './lint-rule.js';

/** Rules about the stateful precompiles. */
export const precompileRules = defineRules([
  {
    code: 'missing-block-timestamp',
    severity: 'error',
    title: 'A precompile without blockTimestamp is never activated, without a word.',
    fix: 'Add "blockTimestamp" with the genesis timestamp.',
    *check({ genesis }) {
      for (const [key, { blockTimestamp }] of genesis.config.precompiles) {
        if (blockTimestamp === undefined) {
          yield { path: `config.${key}`, message: `${key} has no blockTimestamp.` };
        }
      }
    },
  },
  {
    code: 'late-precompile',
    severity: 'warning',
    title: 'A precompile of the genesis file activates after block 0.',
    fix: 'Give it the genesis timestamp, unless the delay is meant.',
    *check({ genesis }) {
      for (const [key, { blockTimestamp }] of genesis.config.precompiles) {
        if (blockTimestamp === undefined || blockTimestamp <= genesis.timestamp) continue;
        yield {
          path: `config.${key}.blockTimestamp`,
          message: `${key} activates at ${blockTimestamp}, after the genesis timestamp ${genesis.timestamp}.`,
        };
      }
    },
  },
  {
    code: 'disabled-at-genesis',
    severity: 'warning',
    title: 'A precompile of the genesis file is disabled there, so it does nothing.',
    fix: 'Remove "disable" or the whole precompile.',
    *check({ genesis }) {
      for (const [key, { disable }] of genesis.config.precompiles) {
        if (disable) yield { path: `config.${key}.disable`, message: `${key} is disabled.` };
      }
    },
  },
  {
    code: 'manager-before-durango',
    severity: 'error',
    title: 'Managers exist from Durango on only; the node refuses the file.',
    fix: 'Set blockTimestamp at or after Durango (1607144400 on local networks).',
    *check({ genesis }) {
      const chain = precompileChain(genesis.config);
      for (const { key, config, path, file } of configuredPrecompiles(genesis)) {
        const { managerAddresses = [], blockTimestamp } = config as RoleConfig;
        if (managerAddresses.length === 0 || blockTimestamp === undefined) continue;
        if (chain.isDurango(blockTimestamp)) continue;
        yield {
          file,
          path: `${path}.managerAddresses`,
          message: `${key} has managers at ${blockTimestamp}.`,
        };
      }
    },
  },
  {
    code: 'warp-before-durango',
    severity: 'error',
    title: 'Warp exists from Durango on only; the node refuses the file.',
    fix: 'Set blockTimestamp at or after Durango (1607144400 on local networks).',
    *check({ genesis }) {
      const chain = precompileChain(genesis.config);
      for (const { key, config, path, file } of configuredPrecompiles(genesis)) {
        const { blockTimestamp } = config;
        if (key !== 'warpConfig' || blockTimestamp === undefined) continue;
        if (chain.isDurango(blockTimestamp)) continue;
        yield {
          file,
          path: `${path}.blockTimestamp`,
          message: `Warp activates at ${blockTimestamp}.`,
        };
      }
    },
  },
  {
    code: 'warp-quorum',
    severity: 'error',
    title: 'The quorum of Warp is out of range; the node refuses the file.',
    fix: 'Use 0 (meaning 67) or 33 to 100.',
    *check({ genesis }) {
      const chain = { ...precompileChain(genesis.config), isDurango: () => true };
      for (const { key, config, path, file } of configuredPrecompiles(genesis)) {
        const violation = key === 'warpConfig' && findPrecompile(key)!.verify(config, chain);
        if (violation)
          yield { file, path: `${path}.${violation.path}`, message: violation.message };
      }
    },
  },
  {
    code: 'role-overlap',
    severity: 'error',
    title: 'An address stands twice in the roles of a precompile; the node refuses the file.',
    fix: 'Leave it in one list, once.',
    *check({ genesis }) {
      for (const { config, path, file } of configuredPrecompiles(genesis)) {
        const {
          adminAddresses = [],
          managerAddresses = [],
          enabledAddresses = [],
        } = config as RoleConfig;
        const all = [...adminAddresses, ...managerAddresses, ...enabledAddresses];
        for (const holder of new Set(all.filter((one, index) => all.indexOf(one) !== index))) {
          yield { file, path, message: `${holder} stands more than once.` };
        }
      }
    },
  },
  {
    code: 'nobody-admin',
    severity: 'error',
    title: 'A precompile with roles has no admin, so it can never be governed.',
    fix: 'Name a timelock in adminAddresses, or remove the precompile.',
    *check({ genesis }) {
      for (const { key, config, path, file } of configuredPrecompiles(genesis)) {
        if (key === 'warpConfig' || config.disable) continue;
        if (((config as RoleConfig).adminAddresses ?? []).length > 0) continue;
        yield { file, path, message: `${key} has no admin.` };
      }
    },
  },
  {
    code: 'both-reward-options',
    severity: 'error',
    title: 'Fees cannot go to one address and to fee recipients; the node refuses the file.',
    fix: 'Keep rewardAddress or allowFeeRecipients.',
    *check({ genesis }) {
      for (const { config, path, file } of configuredPrecompiles(genesis)) {
        const rewards = (config as RewardManagerConfig).initialRewardConfig;
        if (!rewards?.allowFeeRecipients || !BigInt(rewards.rewardAddress ?? '0x0')) continue;
        yield { file, path: `${path}.initialRewardConfig`, message: 'Both are set.' };
      }
    },
  },
  {
    code: 'reward-config-missing',
    severity: 'warning',
    title:
      'A reward manager without initialRewardConfig falls back, and later comparisons of it are lopsided.',
    fix: 'Write initialRewardConfig out.',
    *check({ genesis }) {
      for (const { key, config, path, file } of configuredPrecompiles(genesis)) {
        if (key !== 'rewardManagerConfig' || config.disable) continue;
        if ((config as RewardManagerConfig).initialRewardConfig !== undefined) continue;
        yield { file, path, message: 'initialRewardConfig is absent.' };
      }
    },
  },
  {
    code: 'reward-address-without-code',
    severity: 'warning',
    title: 'Fees go to an address without code, so no splitter splits them.',
    fix: 'Put the splitter at this address into alloc, or name the right one.',
    *check({ genesis }) {
      const own = genesis.config.precompiles.get('rewardManagerConfig') as
        | RewardManagerConfig
        | undefined;
      const target = own?.initialRewardConfig?.rewardAddress;
      if (target === undefined || !BigInt(target)) return;
      if ((genesis.alloc.get(target)?.code ?? '0x') !== '0x') return;
      yield {
        path: 'config.rewardManagerConfig.initialRewardConfig.rewardAddress',
        message: `${target} has no code in alloc.`,
      };
    },
  },
  {
    code: 'initial-mint-over-alloc',
    severity: 'error',
    title: 'alloc replaces the balance that initialMint gave: the mint is lost.',
    fix: 'Add the amount to the balance in alloc and remove it from initialMint.',
    *check({ genesis }) {
      const own = genesis.config.precompiles.get('contractNativeMinterConfig');
      for (const holder of (own as NativeMinterConfig | undefined)?.initialMint?.keys() ?? []) {
        if (!genesis.alloc.has(holder as Hex)) continue;
        yield {
          path: `config.contractNativeMinterConfig.initialMint.${holder}`,
          message: `${holder} is in alloc as well.`,
        };
      }
    },
  },
]);
