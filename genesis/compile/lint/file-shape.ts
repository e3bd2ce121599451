import { feeConfigFields } from '../../precompiles/fee-config.js';
import { precompiles } from '../../precompiles/registry.js';
import {
  accountFieldNames,
  ethereumConfigFields,
  genesisFields,
  stateUpgradeAccountFields,
  stateUpgradeFields,
  subnetConfigFields,
  upgradeFields,
  upgradeTimeFields,
} from '../genesis-schema.js';

/** Which keys an object may have; `each` describes the values of a map or the items of an array. */
export interface Shape {
  readonly fields?: Readonly<Record<string, Shape>>;
  /** Keys that must be spelled exactly. */
  readonly exact?: readonly string[];
  readonly each?: Shape;
  /** Numbers here may not stand in quotation marks. */
  readonly number?: true;
}

const leaf: Shape = {};
const number: Shape = { number: true };
const leaves = (names: readonly string[], shape = leaf) =>
  Object.fromEntries(names.map((name) => [name, shape]));

const feeConfig: Shape = { fields: leaves(feeConfigFields, number) };
const precompileShapes = Object.fromEntries(
  precompiles.map(({ key, fields }): [string, Shape] => [
    key,
    {
      fields: {
        ...leaves(fields),
        ...leaves(
          fields.filter((name) => name === 'blockTimestamp' || name === 'quorumNumerator'),
          number,
        ),
        ...(fields.includes('initialFeeConfig') ? { initialFeeConfig: feeConfig } : {}),
        ...(fields.includes('initialRewardConfig')
          ? { initialRewardConfig: { fields: leaves(['allowFeeRecipients', 'rewardAddress']) } }
          : {}),
      },
    },
  ]),
);
const keys = precompiles.map(({ key }) => key);

/** Every key of a genesis file. */
export const genesisShape: Shape = {
  fields: {
    ...leaves(Object.keys(genesisFields)),
    config: {
      exact: keys,
      fields: {
        ...leaves(Object.keys(ethereumConfigFields), number),
        ...leaves(Object.keys(subnetConfigFields), number),
        ...leaves([
          'daoForkSupport',
          'terminalTotalDifficultyPassed',
          'ethash',
          'allowFeeRecipients',
        ]),
        clique: { fields: leaves(['period', 'epoch'], number) },
        feeConfig,
        ...precompileShapes,
      },
    },
    // The file that fills it is named in a node's configuration, not here.
    alloc: { each: { fields: { ...leaves(accountFieldNames), storage: { each: leaf } } } },
  },
};

/** Every key of upgrade.json. */
export const upgradeShape: Shape = {
  fields: {
    ...leaves(Object.keys(upgradeFields)),
    networkUpgradeOverrides: { fields: leaves(Object.keys(upgradeTimeFields), number) },
    stateUpgrades: {
      each: {
        fields: {
          ...leaves(Object.keys(stateUpgradeFields)),
          blockTimestamp: number,
          accounts: {
            each: {
              fields: {
                ...leaves(Object.keys(stateUpgradeAccountFields)),
                storage: { each: leaf },
              },
            },
          },
        },
      },
    },
    precompileUpgrades: { each: { exact: keys, fields: precompileShapes } },
  },
};
