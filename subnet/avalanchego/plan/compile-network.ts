import { secp256k1 as curve } from '@noble/curves/secp256k1.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { sha256 } from '../../../genesis/base/hash.js';
import { hashGenesis } from '../../../genesis/compile/hash-genesis.js';
import { parseGenesis } from '../../../genesis/compile/parse-genesis.js';
import { deriveKey } from '../keys/derive-key.js';
import { deriveNodeIdentity, type NodeIdentity } from '../keys/derive-node-identity.js';
import { formatFundingAddress } from '../keys/funding-address.js';
import { compilePrimaryGenesis } from '../network/compile-primary-genesis.js';
import { compileUpgradeFile } from '../network/compile-upgrade-file.js';
import { type PreparedL1, prepareL1 } from '../p-chain/prepare-l1.js';
import type { SignedTransaction } from '../p-chain/sign-transaction.js';
import { formatBinary, parseBinary } from './format-binary.js';
import { type Memo, noMemo } from './memo.js';
import type { NetworkManifest } from './network-manifest.js';
import { listNodes, type NodePlace, type Topology } from './topology.js';

export interface NetworkParameters {
  readonly topology: Topology;
  /** Validators of the L1; 1 for every topology but `standard`. */
  readonly validators: number;
  /** Every key of the network follows from it; whoever knows it owns the network. */
  readonly seed: string;
  /** Default 88888. */
  readonly networkId?: number | undefined;
  /** Release of the programs, e.g. `v1.14.2`. */
  readonly version: string;
  /** Exact text of the L1's genesis.json, and of upgrade.json if there is one. */
  readonly genesis: string;
  readonly upgrade?: string | undefined;
  /** Seconds since the epoch, a minute in the past. */
  readonly startTime: number;
  /** Text of the network's upgrade file; default: everything up to Granite, epochs of two seconds. */
  readonly networkUpgrade?: string | undefined;
}

/** A node with its keys. */
export interface CompiledNode extends NodePlace {
  readonly identity: NodeIdentity;
}

/** A transaction of the P-Chain that the network needs, signed. */
export interface CompiledTransaction extends SignedTransaction {
  /** Name of the step, e.g. `create-subnet`. */
  readonly step: string;
  /** Number of the genesis coin that it spends. */
  readonly coin: number;
}

/** Everything that can be known of a network before any of it runs. */
export interface CompiledNetwork {
  readonly manifest: NetworkManifest;
  readonly nodes: readonly CompiledNode[];
  readonly transactions: readonly CompiledTransaction[];
  readonly genesis: string;
  readonly upgrade: string | undefined;
  readonly primaryGenesis: string;
  readonly networkUpgrade: string;
}

/** Networks that have a genesis of their own: Mainnet, Fuji, and AvalancheGo's `local`. */
const reservedNetworks = [1, 5, 12_345];
const weight = 100n;
const oneAvax = 1_000_000_000n;

/**
 * Turns what is wished for into files, keys, signed transactions and IDs. Pure: the same parameters give the same
 * network, so that nothing has to be restarted when an ID becomes known.
 *
 * @param memo may keep keys and signed transactions from an earlier run; they follow from seed and genesis.
 * @throws ToolkitError NETWORK_TOPOLOGY, NETWORK_ID_RESERVED (exit 2: the keys of these networks must never follow from a
 * seed that others may know), or what is wrong with the genesis.
 */
export async function compileNetwork(
  parameters: NetworkParameters,
  memo: Memo = noMemo,
): Promise<CompiledNetwork> {
  const { seed, genesis, upgrade, topology } = parameters;
  const networkId = parameters.networkId ?? 88_888;
  if (reservedNetworks.includes(networkId)) {
    throw new ToolkitError({
      code: 'NETWORK_ID_RESERVED',
      message: `Network ${networkId} is not a throw-away network; keys derived from a seed are refused there.`,
      allowed: `any number but ${reservedNetworks.join(', ')}`,
      exitCode: 2,
    });
  }
  const parsed = parseGenesis(genesis, { upgradeText: upgrade });
  const block = hashGenesis(parsed);
  const { chainId } = parsed.config;
  const nodes = await Promise.all(
    listNodes(topology, parameters.validators).map(async (node) => {
      const inputs = [seed, String(node.index)];
      const make = () => formatBinary(deriveNodeIdentity(seed, node.index));
      return { ...node, identity: parseBinary<NodeIdentity>(await memo('identity', inputs, make)) };
    }),
  );
  const fundingKey = deriveKey(seed, 'p-chain/funding', curve.Point.Fn.ORDER);
  const stakeKey = deriveKey(seed, 'p-chain/stake', curve.Point.Fn.ORDER);
  const validators = nodes
    .filter(({ validator }) => validator)
    .map(({ identity }) => ({ identity, weight, balance: oneAvax }));
  const l1 = parseBinary<PreparedL1>(
    await memo(
      'l1',
      [seed, String(networkId), genesis, ...validators.map(({ identity }) => identity.nodeId)],
      async () =>
        formatBinary(
          await prepareL1({
            networkId,
            fundingKey,
            firstUtxo: 0,
            chainName: 'masa',
            genesis,
            validators,
          }),
        ),
    ),
  );
  const transactions: CompiledTransaction[] = [
    { step: 'create-subnet', coin: 0, ...l1.createSubnet },
    { step: 'create-chain', coin: 1, ...l1.createChain },
    // Without sybil protection there are no validators to convert to.
    ...(topology === 'sybil-off' ? [] : [{ step: 'convert', coin: 2, ...l1.convert }]),
  ];
  const networkUpgrade = parameters.networkUpgrade ?? compileUpgradeFile();
  return {
    nodes,
    transactions,
    genesis,
    upgrade,
    networkUpgrade,
    primaryGenesis: compilePrimaryGenesis({
      networkId,
      startTime: parameters.startTime,
      stakers: nodes.filter(({ primary }) => primary).map(({ identity }) => identity),
      fundingAddress: formatFundingAddress('X', fundingKey),
      stakeAddress: formatFundingAddress('X', stakeKey),
      fundingUtxos: 8,
    }),
    manifest: {
      format: 1,
      version: parameters.version,
      topology,
      networkId,
      startTime: parameters.startTime,
      nodes: nodes.map(({ name, primary, validator, identity }) => ({
        name,
        nodeId: identity.nodeId,
        primary,
        validator,
      })),
      fundingAddress: formatFundingAddress('P', fundingKey),
      subnetId: l1.subnetId,
      blockchainId: l1.blockchainId,
      transactions: Object.fromEntries(transactions.map(({ step, id }) => [step, id])),
      chain: {
        chainId: Number(chainId ?? 0n),
        genesisHash: block.blockHash,
        stateRoot: block.stateRoot,
        genesisFile: sha256(genesis),
        ...(upgrade === undefined ? {} : { upgradeFile: sha256(upgrade) }),
      },
      networkUpgradeFile: sha256(networkUpgrade),
    },
  };
}
