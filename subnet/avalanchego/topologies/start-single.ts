import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secp256k1 as curve } from '@noble/curves/secp256k1.js';
import type { NodeBinaries } from '../binaries/inspect-node.js';
import { deriveKey } from '../keys/derive-key.js';
import { deriveNodeIdentity, type NodeIdentity } from '../keys/derive-node-identity.js';
import { formatFundingAddress } from '../keys/funding-address.js';
import { compilePrimaryGenesis } from '../network/compile-primary-genesis.js';
import { compileUpgradeFile } from '../network/compile-upgrade-file.js';
import { DEVELOPMENT_CHAIN_CONFIG } from '../network/development-chain-config.js';
import { issueTransaction } from '../p-chain/issue-transaction.js';
import { prepareL1 } from '../p-chain/prepare-l1.js';
import { awaitChain, isBootstrapped } from '../process/await-chain.js';
import type { RunningNode } from '../process/spawn-node.js';
import { startNode } from '../process/start-node.js';
import { waitUntil } from '../process/wait-until.js';

export interface StartSingleParameters {
  readonly binaries: Pick<NodeBinaries, 'binary' | 'pluginFolder'>;
  /** All state of the network; an existing one is started again with the same identity. */
  readonly folder: string;
  /** Every key of the network follows from it. */
  readonly seed: string;
  /** Defaults to 88888. Never 1, 5 or 12345. */
  readonly networkId?: number;
  /** Exact text of the L1's genesis.json, and of upgrade.json if there is one. */
  readonly genesis: string;
  readonly upgrade?: string;
  /** Merged over the default `config.json` of the L1. */
  readonly chainConfig?: Readonly<Record<string, unknown>>;
  /** Text of the network's upgrade file; default: everything up to Granite, epochs of two seconds. */
  readonly networkUpgrade?: string;
  /** Seconds since the epoch, a minute in the past; used on the first start only. */
  readonly startTime: number;
  /** Flags of the node that win over the defaults. */
  readonly flags?: Readonly<Record<string, unknown>>;
  /** Called as things happen. */
  onStep?(text: string): void;
}

export interface RunningSingle {
  readonly node: RunningNode;
  readonly identity: NodeIdentity;
  readonly networkId: number;
  readonly subnetId: string;
  readonly blockchainId: string;
  /** JSON-RPC of the L1. */
  readonly rpcUrl: string;
  readonly wsUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts the smallest complete L1: one node with sybil protection on that is the only primary staker
 * and the only validator of the L1. Subnet, chain and conversion are prepared offline, so nothing is
 * restarted; the L1 answers about 1.5 s after the call. Called again for the same folder, it finds
 * the transactions on the P-Chain and sends none.
 *
 * The health API of such a network stays red, since it wants a peer.
 *
 * @throws ToolkitError NODE_START_FAILED, NODE_CALL_REFUSED, NODE_TRANSACTION_DROPPED, NODE_CHAIN_DOWN (the node runs, but the L1 does not come up: genesis or upgrade file refused), NODE_TIMEOUT. No process is left behind.
 */
export async function startSingle(parameters: StartSingleParameters): Promise<RunningSingle> {
  const { seed, folder } = parameters;
  const networkId = parameters.networkId ?? 88_888;
  const note = parameters.onStep ?? (() => undefined);
  const identity = deriveNodeIdentity(seed, 0);
  const fundingKey = deriveKey(seed, 'p-chain/funding', curve.Point.Fn.ORDER);
  const stakeKey = deriveKey(seed, 'p-chain/stake', curve.Point.Fn.ORDER);
  const l1 = await prepareL1({
    networkId,
    fundingKey,
    firstUtxo: 0,
    chainName: 'masa',
    genesis: parameters.genesis,
    validators: [{ identity, weight: 100n, balance: 1_000_000_000n }],
  });
  const primaryGenesis =
    (await readFile(join(folder, 'genesis.json'), 'utf8').catch(() => undefined)) ??
    compilePrimaryGenesis({
      networkId,
      startTime: parameters.startTime,
      stakers: [identity],
      fundingAddress: formatFundingAddress('X', fundingKey),
      stakeAddress: formatFundingAddress('X', stakeKey),
      fundingUtxos: 8,
    });
  const node = await startNode({
    ...parameters.binaries,
    folder,
    identity,
    networkId,
    genesis: primaryGenesis,
    upgrade: parameters.networkUpgrade ?? compileUpgradeFile(),
    trackSubnets: [l1.subnetId],
    chains: {
      [l1.blockchainId]: {
        config: { ...DEVELOPMENT_CHAIN_CONFIG, ...parameters.chainConfig },
        ...(parameters.upgrade === undefined ? {} : { upgrade: parameters.upgrade }),
      },
    },
    ...(parameters.flags === undefined ? {} : { flags: parameters.flags }),
  });
  try {
    note(`node ${identity.nodeId}, process ${node.pid}, at ${node.uri}`);
    await waitUntil('the P-Chain is up', 30_000, async () => isBootstrapped(node.uri, 'P'));
    await issueTransaction(node.uri, l1.createSubnet, 'CreateSubnetTx');
    await issueTransaction(node.uri, l1.createChain, 'CreateChainTx');
    // A node that becomes its chain's validator while it bootstraps the chain may wait for itself for ever.
    const rpcUrl = await awaitChain(node, l1.blockchainId);
    await issueTransaction(node.uri, l1.convert, 'ConvertSubnetToL1Tx');
    note(`L1 ${l1.subnetId}, blockchain ${l1.blockchainId}`);
    note(`the L1 answers at ${rpcUrl}`);
    return {
      node,
      identity,
      networkId,
      subnetId: l1.subnetId,
      blockchainId: l1.blockchainId,
      rpcUrl,
      wsUrl: rpcUrl.replace(/^http/, 'ws').replace(/rpc$/, 'ws'),
      stop: () => node.stop(),
    };
  } catch (error) {
    await node.stop();
    throw error;
  }
}
