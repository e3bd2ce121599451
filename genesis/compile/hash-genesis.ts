import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { type Hex, keccak256 } from '../base/hash.js';
import { genesisState, type StateAccount } from './genesis-state.js';
import { type Keccak, merkleRoot } from './merkle-root.js';
import type { ParsedGenesis, UpgradeName } from './parsed-genesis.js';

/** Header of block 0. Members without a value are not part of it. */
export interface GenesisHeader {
  readonly parentHash: Hex;
  readonly uncleHash: Hex;
  readonly coinbase: Hex;
  readonly stateRoot: Hex;
  readonly transactionsRoot: Hex;
  readonly receiptsRoot: Hex;
  readonly logsBloom: Hex;
  readonly difficulty: bigint;
  readonly number: bigint;
  readonly gasLimit: bigint;
  readonly gasUsed: bigint;
  /** Unix seconds. */
  readonly timestamp: bigint;
  readonly extraData: Hex;
  readonly mixHash: Hex;
  readonly nonce: Hex;
  /** Wei per gas. */
  readonly baseFee?: bigint | undefined;
  readonly blockGasCost?: bigint | undefined;
  readonly blobGasUsed?: bigint | undefined;
  readonly excessBlobGas?: bigint | undefined;
  readonly parentBeaconRoot?: Hex | undefined;
  readonly timeMilliseconds?: bigint | undefined;
  readonly minDelayExcess?: bigint | undefined;
}

/** Block 0, computed without a node. */
export interface GenesisBlock {
  readonly blockHash: Hex;
  readonly stateRoot: Hex;
  readonly header: GenesisHeader;
  /** The header's RLP encoding, whose hash is the block hash. */
  readonly rawHeader: Hex;
  readonly accounts: ReadonlyMap<Hex, StateAccount>;
}

/** Minimum-delay excess of block 0 since Granite: about two seconds. */
const INITIAL_DELAY_EXCESS = 7_970_124n;
const DEFAULT_GAS_LIMIT = 4_712_388n;
const emptyCodeHash = keccak256(new Uint8Array());
const emptyRoot = toHex(merkleRoot([]));
const emptyListHash = toHex(keccak256(RLP.encode([])));

/**
 * State root and hash of block 0 as Subnet-EVM computes them.
 *
 * @param keccak Hash function; a native one is several times faster on large allocations.
 * @example hashGenesis(parseGenesis(text)).blockHash // '0x4d5ff1b8…'
 */
export function hashGenesis(genesis: ParsedGenesis, keccak: Keccak = keccak256): GenesisBlock {
  const accounts = genesisState(genesis);
  const stateRoot = stateRootOf(accounts, keccak);
  const header = genesisHeader(genesis, stateRoot);
  const raw = encodeHeader(header);
  return { blockHash: toHex(keccak256(raw)), stateRoot, header, rawHeader: toHex(raw), accounts };
}

function stateRootOf(accounts: ReadonlyMap<Hex, StateAccount>, keccak: Keccak): Hex {
  return toHex(
    merkleRoot(
      [...accounts].map(([address, { nonce, balance, code, storage }]) => [
        hexToBytes(address.slice(2)),
        RLP.encode([
          integer(nonce),
          integer(balance),
          merkleRoot(
            [...storage].map(([slot, value]) => [
              hexToBytes(slot.slice(2)),
              RLP.encode(integer(BigInt(value))),
            ]),
            keccak,
          ),
          code === '0x' ? emptyCodeHash : keccak(hexToBytes(code.slice(2))),
        ]),
      ]),
      keccak,
    ),
  );
}

function genesisHeader(genesis: ParsedGenesis, stateRoot: Hex): GenesisHeader {
  const { config, timestamp } = genesis;
  const active = (name: UpgradeName) => {
    const at = config.upgrades[name];
    return at !== undefined && at <= timestamp;
  };
  const { cancunTime, londonBlock } = config.forks;
  const cancun = londonBlock === 0n && cancunTime !== undefined && cancunTime <= timestamp;
  const granite = active('granite');
  return {
    parentHash: genesis.parentHash,
    uncleHash: emptyListHash,
    coinbase: genesis.coinbase,
    stateRoot,
    transactionsRoot: emptyRoot,
    receiptsRoot: emptyRoot,
    logsBloom: `0x${'0'.repeat(512)}`,
    difficulty: genesis.difficulty,
    number: genesis.number,
    // Only a genesis made by hand has gas limit 0; files with 0 are refused.
    gasLimit: genesis.gasLimit === 0n ? DEFAULT_GAS_LIMIT : genesis.gasLimit,
    gasUsed: genesis.gasUsed,
    timestamp,
    extraData: genesis.extraData,
    mixHash: genesis.mixHash,
    nonce: `0x${genesis.nonce.toString(16).padStart(16, '0')}`,
    baseFee:
      genesis.baseFeePerGas ?? (active('subnetEVM') ? config.feeConfig.minBaseFee : undefined),
    blockGasCost: active('etna') ? 0n : undefined,
    blobGasUsed: cancun ? (genesis.blobGasUsed ?? 0n) : undefined,
    excessBlobGas: cancun ? (genesis.excessBlobGas ?? 0n) : undefined,
    parentBeaconRoot: cancun ? `0x${'0'.repeat(64)}` : undefined,
    timeMilliseconds: granite ? BigInt.asUintN(64, timestamp * 1000n) : undefined,
    minDelayExcess: granite ? INITIAL_DELAY_EXCESS : undefined,
  };
}

/** RLP of the header: fifteen members, then the optional ones up to the last that is set. */
function encodeHeader(header: GenesisHeader): Uint8Array {
  const optional = [
    header.baseFee,
    header.blockGasCost,
    header.blobGasUsed,
    header.excessBlobGas,
    header.parentBeaconRoot,
    header.timeMilliseconds,
    header.minDelayExcess,
  ];
  while (optional.length > 0 && optional.at(-1) === undefined) optional.pop();
  return RLP.encode(
    [
      header.parentHash,
      header.uncleHash,
      header.coinbase,
      header.stateRoot,
      header.transactionsRoot,
      header.receiptsRoot,
      header.logsBloom,
      header.difficulty,
      header.number,
      header.gasLimit,
      header.gasUsed,
      header.timestamp,
      header.extraData,
      header.mixHash,
      header.nonce,
      ...optional,
    ].map((member) => {
      if (member === undefined) return new Uint8Array();
      return typeof member === 'bigint' ? integer(member) : hexToBytes(member.slice(2));
    }),
  );
}

/** An integer as RLP wants it: big-endian without leading zeros. */
function integer(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array();
  const digits = value.toString(16);
  return hexToBytes(digits.length % 2 === 0 ? digits : `0${digits}`);
}

function toHex(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}
