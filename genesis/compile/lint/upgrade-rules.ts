import { defineRules } from './lint-rule.js';

/** Rules about upgrade.json. */
export const upgradeRules = defineRules([
  {
    code: 'upgrade-in-genesis',
    severity: 'warning',
    title:
      'An upgrade at or before the genesis time changes block 0 itself: its hash depends on upgrade.json.',
    fix: 'Move it into the genesis file, or after the genesis time.',
    *check({ genesis }) {
      for (const [index, { key, config }] of genesis.config.precompileUpgrades.entries()) {
        if ((config.blockTimestamp ?? genesis.timestamp + 1n) > genesis.timestamp) continue;
        yield {
          file: 'upgrade',
          path: `precompileUpgrades[${index}].${key}`,
          message: `${config.blockTimestamp} is not after the genesis timestamp ${genesis.timestamp}.`,
        };
      }
    },
  },
  {
    code: 'state-upgrade-ignored',
    severity: 'warning',
    title: 'A state upgrade at or before the genesis time is never applied.',
    fix: 'Move it after the genesis time, or into alloc.',
    *check({ genesis }) {
      for (const [index, { blockTimestamp }] of genesis.config.stateUpgrades.entries()) {
        if (blockTimestamp === undefined || blockTimestamp > genesis.timestamp) continue;
        yield {
          file: 'upgrade',
          path: `stateUpgrades[${index}]`,
          message: `Its time is ${blockTimestamp}.`,
        };
      }
    },
  },
  {
    code: 'state-upgrade-empty-member',
    severity: 'error',
    title:
      'Empty storage, code or balanceChange keeps the node from restarting after the upgrade (v1.14.2).',
    fix: 'Leave the empty member out.',
    *check({ genesis }) {
      for (const [index, { accounts }] of genesis.config.stateUpgrades.entries()) {
        for (const [address, account] of accounts ?? []) {
          const { code, storage, balanceChange } = account ?? {};
          if (code !== '0x' && storage?.size !== 0 && balanceChange !== 0n) continue;
          yield {
            file: 'upgrade',
            path: `stateUpgrades[${index}].accounts.${address}`,
            message: 'Empty member.',
          };
        }
      }
    },
  },
  {
    code: 'state-upgrade-negative',
    severity: 'error',
    title: 'A negative balanceChange wraps to nearly 2^256 wei.',
    fix: 'Only add; balances cannot be reduced this way.',
    *check({ genesis }) {
      for (const [index, { accounts }] of genesis.config.stateUpgrades.entries()) {
        for (const [address, account] of accounts ?? []) {
          if ((account?.balanceChange ?? 0n) >= 0n) continue;
          yield {
            file: 'upgrade',
            path: `stateUpgrades[${index}].accounts.${address}.balanceChange`,
            message: `balanceChange is ${account!.balanceChange}.`,
          };
        }
      }
    },
  },
]);
