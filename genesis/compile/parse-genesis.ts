import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import { defaultFeeConfig, isEmptyFeeConfig } from '../precompiles/fee-config.js';
import { DecodeError, type Decoder } from '../precompiles/json/decode.js';
import { formatPosition } from '../precompiles/json/format-position.js';
import type { JsonNode } from '../precompiles/json/json-node.js';
import { readJson } from '../precompiles/json/read-json.js';
import {
  decodeGenesis,
  decodeUpgrade,
  type RawConfig,
  type RawGenesis,
  type RawUpgrade,
} from './genesis-schema.js';
import { locate } from './locate.js';
import { networkUpgrades } from './network-upgrades.js';
import {
  type ForkName,
  type Forks,
  forkBlockNames,
  forkTimeNames,
  type GenesisAccount,
  type GenesisConfig,
  type NetworkName,
  type ParsedGenesis,
  type UpgradeTimes,
  upgradeNames,
} from './parsed-genesis.js';
import { UNSCHEDULED } from './verify-forks.js';
import { verifyGenesis } from './verify-genesis.js';

export interface ParseGenesisOptions {
  /** Whose upgrade schedule applies; default `local`, the node's schedule for custom networks. */
  readonly network?: NetworkName | undefined;
  /** Contents of upgrade.json; absent or empty means none. */
  readonly upgradeText?: string | undefined;
  /** Names of the files for messages. */
  readonly file?: string | undefined;
  readonly upgradeFile?: string | undefined;
}

/** What the node uses when the file has no `config`: Mainnet's schedule and chain id 43214. */
const defaultConfig: RawConfig = {
  ethereum: { chainId: 43_214n },
  subnet: Object.fromEntries(
    upgradeNames.map((name) => [`${name}Timestamp`, networkUpgrades.mainnet[name]]),
  ),
  precompiles: new Map(),
};
const requiredForkBlocks = forkBlockNames.filter(
  (name) =>
    !['daoForkBlock', 'arrowGlacierBlock', 'grayGlacierBlock', 'mergeNetsplitBlock'].includes(name),
);
const zeroHash: Hex = `0x${'0'.repeat(64)}`;

/** A genesis read but not yet verified. */
interface GenesisReading {
  readonly genesis: ParsedGenesis;
  readonly root: JsonNode;
  /** Absent without an upgrade file. */
  readonly upgradeRoot?: JsonNode | undefined;
}

/**
 * Reads any Subnet-EVM genesis file, and optionally upgrade.json, exactly as Subnet-EVM v1.14.2 does, with
 * defaults filled in, and refuses what the node refuses while parsing, verifying or making block 0.
 *
 * @throws ToolkitError `GENESIS_JSON_INVALID`, `GENESIS_VALUE_INVALID` or `GENESIS_REFUSED` (exit 2), located.
 * @example parseGenesis(text, { network: 'fuji' }).config.chainId
 */
export function parseGenesis(text: string, options: ParseGenesisOptions = {}): ParsedGenesis {
  const { genesis, root, upgradeRoot } = readGenesis(text, options);
  const violation = verifyGenesis(genesis);
  if (violation?.file === 'upgrade') {
    const file = options.upgradeFile ?? 'upgrade';
    refuse(violation.message, violation.path, upgradeRoot!, options.upgradeText!, file);
  } else if (violation) {
    refuse(violation.message, violation.path, root, text, options.file ?? 'genesis');
  }
  return genesis;
}

/**
 * The parsing half of {@link parseGenesis}: everything up to the node's verification, which the lint wants
 * to report together with its own findings.
 *
 * @throws ToolkitError `GENESIS_JSON_INVALID`, `GENESIS_VALUE_INVALID` or `GENESIS_REFUSED` (exit 2), located.
 */
export function readGenesis(text: string, options: ParseGenesisOptions = {}): GenesisReading {
  const file = options.file ?? 'genesis';
  const root = readJson(text, file);
  const raw = decode(decodeGenesis, root, text, file);
  for (const name of ['gasLimit', 'difficulty', 'alloc'] as const) {
    if (raw[name] === undefined) {
      refuse(`The genesis has no ${name}.`, '', root, text, file, `a member "${name}"`);
    }
  }
  if ((raw.airdropHash ?? zeroHash) !== zeroHash) {
    const message = `airdropHash ${raw.airdropHash} needs an airdrop file, which only a node's own configuration can name.`;
    refuse(message, 'airdropHash', root, text, file, 'no airdropHash');
  }
  let upgrade: RawUpgrade = {};
  let upgradeRoot: JsonNode | undefined;
  const upgradeText = options.upgradeText ?? '';
  if (upgradeText !== '') {
    const upgradeFile = options.upgradeFile ?? 'upgrade';
    upgradeRoot = readJson(upgradeText, upgradeFile);
    upgrade = decode(decodeUpgrade, upgradeRoot, upgradeText, upgradeFile);
  }
  return { genesis: resolveGenesis(raw, upgrade, options.network ?? 'local'), root, upgradeRoot };
}

function resolveGenesis(raw: RawGenesis, upgrade: RawUpgrade, network: NetworkName): ParsedGenesis {
  const alloc = new Map<Hex, GenesisAccount>();
  for (const [address, account] of raw.alloc!) {
    alloc.set(address as Hex, {
      balance: BigInt.asUintN(256, account!.balance!),
      nonce: account!.nonce ?? 0n,
      code: account!.code ?? '0x',
      storage: (account!.storage ?? new Map()) as ReadonlyMap<Hex, Hex>,
    });
  }
  return {
    network,
    config: resolveConfig(raw.config ?? defaultConfig, upgrade, network),
    nonce: raw.nonce ?? 0n,
    timestamp: raw.timestamp ?? 0n,
    extraData: raw.extraData ?? '0x',
    gasLimit: raw.gasLimit!,
    difficulty: raw.difficulty!,
    mixHash: raw.mixHash ?? zeroHash,
    coinbase: raw.coinbase ?? `0x${'0'.repeat(40)}`,
    alloc,
    number: raw.number ?? 0n,
    gasUsed: raw.gasUsed ?? 0n,
    parentHash: raw.parentHash ?? zeroHash,
    baseFeePerGas: raw.baseFeePerGas,
    excessBlobGas: raw.excessBlobGas,
    blobGasUsed: raw.blobGasUsed,
  };
}

function resolveConfig(raw: RawConfig, upgrade: RawUpgrade, network: NetworkName): GenesisConfig {
  const schedule = networkUpgrades[network];
  const upgrades: UpgradeTimes = Object.fromEntries(
    upgradeNames.map((name) => {
      const own = raw.subnet[`${name}Timestamp`];
      const override = upgrade.networkUpgradeOverrides?.[`${name}Timestamp`];
      // 0 in the genesis means "the network's time"; 0 in an override means 0.
      return [name, override ?? (own === undefined || own === 0n ? schedule[name] : own)];
    }),
  );
  const feeConfig = raw.subnet.feeConfig ?? {};
  return {
    chainId: raw.ethereum.chainId,
    forks: resolveForks(raw, upgrades),
    upgrades,
    feeConfig: isEmptyFeeConfig(feeConfig) ? defaultFeeConfig : feeConfig,
    allowFeeRecipients: raw.subnet.allowFeeRecipients ?? false,
    precompiles: raw.precompiles,
    precompileUpgrades: (upgrade.precompileUpgrades ?? []).map((entry) => entry!),
    stateUpgrades: (upgrade.stateUpgrades ?? []).map((entry) => entry!),
  };
}

function resolveForks({ ethereum }: RawConfig, upgrades: UpgradeTimes): Forks {
  const forks: { [N in ForkName]?: bigint | undefined } = {};
  for (const name of [...forkBlockNames, ...forkTimeNames]) forks[name] = ethereum[name];
  for (const name of requiredForkBlocks) forks[name] ??= 0n;
  const { durango, etna } = upgrades;
  if (durango !== undefined && durango < UNSCHEDULED) forks.shanghaiTime = durango;
  if (etna !== undefined && etna < UNSCHEDULED) forks.cancunTime = etna;
  return forks;
}

function decode<T>(decoder: Decoder<T>, root: JsonNode, text: string, file: string): T {
  try {
    return decoder(root, undefined, '')!;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new ToolkitError({
      code: error.code,
      message: error.message,
      where: formatPlace(file, error.path, text, error.offset),
      allowed: error.allowed,
      exitCode: 2,
    });
  }
}

function refuse(
  message: string,
  path: string,
  root: JsonNode,
  text: string,
  file: string,
  allowed?: string,
): never {
  throw new ToolkitError({
    code: 'GENESIS_REFUSED',
    message: `Subnet-EVM refuses this: ${message}`,
    where: formatPlace(file, path, text, locate(root, path)),
    allowed,
    exitCode: 2,
  });
}

function formatPlace(file: string, path: string, text: string, offset: number): string {
  return `${file}${path === '' ? '' : `: ${path}`} (${formatPosition(text, offset)})`;
}
