import type { Hex } from '../base/hash.js';
import { decodeFeeConfig } from '../precompiles/fee-config.js';
import {
  bool,
  DecodeError,
  type Decoder,
  map,
  pointer,
  slice,
  struct,
  uint64,
} from '../precompiles/json/decode.js';
import {
  address,
  addressKey,
  bigInteger,
  bytes,
  hash,
  hashKey,
  quantity64,
  quantity256,
  storageKey,
  storageWord,
  unprefixedAddressKey,
} from '../precompiles/json/quantities.js';
import type { Activation, PrecompileKey } from '../precompiles/precompile.js';
import { findPrecompile, precompiles } from '../precompiles/registry.js';
import type { PrecompileUpgrade } from './parsed-genesis.js';

const time = pointer(uint64);
const block = pointer(bigInteger);

/** Members of `config` that Ethereum's own configuration reads. */
export const ethereumConfigFields = {
  chainId: block,
  homesteadBlock: block,
  daoForkBlock: block,
  daoForkSupport: bool,
  eip150Block: block,
  eip155Block: block,
  eip158Block: block,
  byzantiumBlock: block,
  constantinopleBlock: block,
  petersburgBlock: block,
  istanbulBlock: block,
  muirGlacierBlock: block,
  berlinBlock: block,
  londonBlock: block,
  arrowGlacierBlock: block,
  grayGlacierBlock: block,
  mergeNetsplitBlock: block,
  shanghaiTime: time,
  cancunTime: time,
  pragueTime: time,
  verkleTime: time,
  terminalTotalDifficulty: block,
  terminalTotalDifficultyPassed: bool,
  ethash: pointer(struct({})),
  clique: pointer(struct({ period: uint64, epoch: uint64 })),
};

/** Times of the network upgrades, in `config` and in `networkUpgradeOverrides`. */
export const upgradeTimeFields = {
  subnetEVMTimestamp: time,
  durangoTimestamp: time,
  etnaTimestamp: time,
  fortunaTimestamp: time,
  graniteTimestamp: time,
  heliconTimestamp: time,
};

/** Members of `config` that Subnet-EVM adds, without the precompiles. */
export const subnetConfigFields = {
  ...upgradeTimeFields,
  feeConfig: decodeFeeConfig,
  allowFeeRecipients: bool,
};

const decodeEthereumConfig = struct(ethereumConfigFields);
const decodeSubnetConfig = struct(subnetConfigFields);

type EthereumConfig = NonNullable<ReturnType<typeof decodeEthereumConfig>>;
type SubnetConfig = NonNullable<ReturnType<typeof decodeSubnetConfig>>;

/** The two halves of `config` and the precompiles that stand in line with them. */
export interface RawConfig {
  readonly ethereum: EthereumConfig;
  readonly subnet: SubnetConfig;
  readonly precompiles: ReadonlyMap<PrecompileKey, Activation>;
}

const decodeConfig: Decoder<RawConfig> = (node, current, path) => {
  // Written twice, Ethereum's half is merged while Subnet-EVM's starts afresh.
  const ethereum = decodeEthereumConfig(node, current?.ethereum, path)!;
  const subnet = decodeSubnetConfig(node, undefined, path)!;
  const found = new Map<PrecompileKey, Activation>();
  for (const precompile of precompiles) {
    const member = node.members?.findLast(({ key }) => key === precompile.key);
    if (member === undefined) continue;
    const config = precompile.decode(member.value, undefined, `${path}.${precompile.key}`);
    found.set(precompile.key, config);
  }
  return { ethereum, subnet, precompiles: found };
};

const accountFields = {
  code: pointer(bytes),
  storage: map(storageKey, storageWord) as Decoder<Map<string, Hex | undefined>>,
  balance: pointer(quantity256),
  nonce: pointer(quantity64),
  secretKey: pointer(bytes),
};
/** Members of an account of the allocation. */
export const accountFieldNames = Object.keys(accountFields);
const decodeAccountFields = struct(accountFields);

const decodeAccount: Decoder<NonNullable<ReturnType<typeof decodeAccountFields>>> = (
  node,
  _current,
  path,
) => {
  const account = decodeAccountFields(node, undefined, path)!;
  if (account.balance === undefined) {
    throw new DecodeError(node.start, path, 'The account has no balance.', 'a member "balance"');
  }
  return account;
};

/** Members of the genesis file. */
export const genesisFields = {
  config: pointer(decodeConfig),
  nonce: pointer(quantity64),
  timestamp: pointer(quantity64),
  extraData: pointer(bytes),
  gasLimit: pointer(quantity64),
  difficulty: pointer(quantity256),
  mixHash: pointer(hash),
  coinbase: pointer(address),
  alloc: map(unprefixedAddressKey, decodeAccount),
  airdropHash: pointer(hash),
  airdropAmount: pointer(quantity256),
  number: pointer(quantity64),
  gasUsed: pointer(quantity64),
  parentHash: pointer(hash),
  baseFeePerGas: pointer(quantity256),
  excessBlobGas: pointer(quantity64),
  blobGasUsed: pointer(quantity64),
};

/** Reads a genesis file into what it says, before defaults. */
export const decodeGenesis = struct(genesisFields);
export type RawGenesis = NonNullable<ReturnType<typeof decodeGenesis>>;

const decodePrecompileUpgrade: Decoder<PrecompileUpgrade> = (node, _current, path) => {
  const allowed = `an object with exactly one key of ${precompiles.map(({ key }) => key).join(', ')}`;
  const keys = new Set(node.members?.map(({ key }) => key));
  const member = node.members?.at(-1);
  if (member === undefined || keys.size !== 1) {
    throw new DecodeError(
      node.start,
      path,
      node.members
        ? `The entry has ${keys.size} keys.`
        : `A ${node.kind} is no precompile upgrade.`,
      allowed,
    );
  }
  const precompile = findPrecompile(member.key);
  if (precompile === undefined) {
    throw new DecodeError(member.keyStart, path, `Unknown precompile ${member.rawKey}.`, allowed);
  }
  const config = precompile.decode(member.value, undefined, `${path}.${precompile.key}`)!;
  return { key: precompile.key, config };
};

/** Members of a state upgrade and of its accounts. */
export const stateUpgradeAccountFields = {
  code: bytes,
  storage: map(hashKey, hash) as Decoder<Map<string, Hex | undefined>>,
  balanceChange: pointer(quantity256),
};
export const stateUpgradeFields = {
  blockTimestamp: time,
  accounts: map(addressKey, struct(stateUpgradeAccountFields)),
};

/** Members of upgrade.json. */
export const upgradeFields = {
  networkUpgradeOverrides: pointer(struct(upgradeTimeFields)),
  stateUpgrades: slice(struct(stateUpgradeFields)),
  precompileUpgrades: slice(decodePrecompileUpgrade),
};

/** Reads upgrade.json. */
export const decodeUpgrade = struct(upgradeFields);
export type RawUpgrade = NonNullable<ReturnType<typeof decodeUpgrade>>;
