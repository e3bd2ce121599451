import { ToolkitError } from '../../../genesis/base/errors.js';
import { type Hex, hashValue } from '../../../genesis/base/hash.js';
import { openFileJournal } from '../../journal/file-journal.js';
import type { Journal } from '../../journal/journal.js';
import type { NodeBinaries } from '../binaries/inspect-node.js';
import {
  type CompiledNetwork,
  compileNetwork,
  type NetworkParameters,
} from '../plan/compile-network.js';
import type { NetworkManifest } from '../plan/network-manifest.js';
import { type NetworkStep, nameStep, planNetwork } from '../plan/plan-network.js';
import type { Topology } from '../plan/topology.js';
import { awaitChain, isBootstrapped } from '../process/await-chain.js';
import { endProcesses } from '../process/end-processes.js';
import { awaitNode, type RunningNode } from '../process/spawn-node.js';
import { waitUntil } from '../process/wait-until.js';
import { createFileMemo } from '../state/create-file-memo.js';
import { type NetworkFolder, openNetworkFolder } from '../state/network-folder.js';
import { observeNetwork } from '../state/observe-network.js';
import { readNetwork } from '../state/read-network.js';
import { ensureNetworkFiles } from '../steps/ensure-network-files.js';
import {
  choosePorts,
  ensureNodeStarted,
  type StartSettings,
} from '../steps/ensure-node-started.js';
import { ensureTransaction } from '../steps/ensure-transaction.js';
import { verifyNetwork } from '../verify/verify-network.js';

export interface StartNetworkParameters {
  readonly binaries: Pick<NodeBinaries, 'binary' | 'pluginFolder' | 'version'>;
  /** All state of the network; made when missing. */
  readonly folder: string;
  /** Default: that of the folder, else `single`. */
  readonly topology?: Topology | undefined;
  /** Validators of the L1; default: as many as in the folder, else 1. */
  readonly validators?: number | undefined;
  /** Exact text of the L1's genesis.json, and of upgrade.json if there is one. */
  readonly genesis: string;
  readonly upgrade?: string | undefined;
  /** Seconds since the epoch; the network starts a minute before, when it does not exist yet. */
  readonly now: number;
  /** Every key follows from it. Default: the one in the folder, else one that everybody knows. */
  readonly seed?: string | undefined;
  readonly networkId?: number | undefined;
  /** Text of the network's upgrade file; default: that of the folder, else everything up to Granite. */
  readonly networkUpgrade?: string | undefined;
  /** Merged over the default `config.json` of the L1. */
  readonly chainConfig?: Readonly<Record<string, unknown>> | undefined;
  /** Flags of every node that win over the defaults. */
  readonly flags?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Where keys and signed transactions of the public seed are kept for the next start; default nowhere. Those of another
   * seed never leave their network's folder.
   */
  readonly cacheFolder?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called before and after each step. */
  onStep?(step: string, state: 'begun' | 'done', index: number, total: number): void;
}

export interface RunningNetwork {
  readonly manifest: NetworkManifest;
  readonly folder: string;
  readonly nodes: readonly (RunningNode & { readonly name: string })[];
  /** JSON-RPC of the L1 on its first validator. */
  readonly rpcUrl: string;
  readonly wsUrl: string;
  /** JSON-RPC of the L1 on every validator, by name. */
  readonly rpcUrls: Readonly<Record<string, string>>;
  /** What was done; a network that ran already needs no `start` and no transaction. */
  readonly steps: readonly string[];
  /** Ends every process of the network. */
  stop(): Promise<void>;
}

/** Seed of networks that nobody gave one: on loopback everybody may have the same keys. */
export const PUBLIC_SEED = 'masa local network';

/**
 * Takes a folder from whatever state it is in to a running network: plans the missing steps, does them, and compares the
 * result with what was computed offline. It may be killed at any moment and called again: processes that live are taken
 * over, transactions that are on the chain are not sent again.
 *
 * @throws ToolkitError NETWORK_DIFFERENT, NETWORK_TOPOLOGY, NETWORK_ID_RESERVED, JOURNAL_LOCKED (exit 2 or 1, nothing
 * started), NODE_START_FAILED, NODE_CHAIN_DOWN, NODE_TRANSACTION_DROPPED, NODE_TIMEOUT, NETWORK_MISMATCH,
 * NETWORK_INTERRUPTED. No process that this call started is left behind.
 */
export async function startNetwork(parameters: StartNetworkParameters): Promise<RunningNetwork> {
  const folder = openNetworkFolder(parameters.folder);
  const journal = openFileJournal(folder.journal);
  const run: NetworkRun = { folder, journal, parameters, started: [], nodes: new Map(), rpc: {} };
  try {
    return await runSteps(run);
  } catch (error) {
    for (const name of run.started) await endProcesses(folder.node(name));
    throw error;
  } finally {
    journal.close();
  }
}

/** What is not said stays as it is in the folder. */
function chooseTopology(
  { topology, validators }: Pick<StartNetworkParameters, 'topology' | 'validators'>,
  found: NetworkManifest | undefined,
): { readonly topology: Topology; readonly validators: number } {
  const same = found !== undefined && (topology ?? found.topology) === found.topology;
  const there = same ? found.nodes.filter(({ validator }) => validator).length : 1;
  return {
    topology: topology ?? found?.topology ?? 'single',
    validators: validators ?? there,
  };
}

/** What one call of {@link startNetwork} learns on its way. */
interface NetworkRun {
  readonly folder: NetworkFolder;
  readonly journal: Journal;
  readonly parameters: StartNetworkParameters;
  readonly started: string[];
  readonly nodes: Map<string, RunningNode>;
  readonly rpc: Record<string, string>;
}

async function runSteps(run: NetworkRun): Promise<RunningNetwork> {
  const { folder, journal, parameters } = run;
  const found = await readNetwork(folder);
  const seed = parameters.seed ?? found?.seed ?? PUBLIC_SEED;
  const { cacheFolder } = parameters;
  const memo =
    cacheFolder === undefined || seed !== PUBLIC_SEED ? undefined : createFileMemo(cacheFolder);
  const wish: NetworkParameters = {
    ...chooseTopology(parameters, found?.manifest),
    seed,
    networkId: parameters.networkId ?? found?.manifest.networkId,
    version: parameters.binaries.version,
    genesis: parameters.genesis,
    upgrade: parameters.upgrade,
    startTime: found?.manifest.startTime ?? parameters.now - 60,
    networkUpgrade: parameters.networkUpgrade ?? found?.networkUpgrade,
  };
  const network = await compileNetwork(wish, memo);
  const { manifest } = network;
  const observed = await observeNetwork(folder, manifest, found?.manifest);
  const steps = planNetwork(manifest, observed);
  if (steps[0]?.kind === 'write') {
    journal.append({
      kind: 'started',
      planHash: hashValue(manifest),
      genesisHash: manifest.chain.genesisHash as Hex,
      chainId: manifest.chain.chainId,
      deployer: `0x${Buffer.from(manifest.fundingAddress).toString('hex')}`,
    });
  }
  const settings: StartSettings = {
    binaries: parameters.binaries,
    folder,
    network,
    ports: await choosePorts(
      folder,
      network.nodes.map(({ name }) => name),
    ),
    chainConfig: parameters.chainConfig,
    flags: parameters.flags,
  };
  for (const [index, step] of steps.entries()) {
    parameters.onStep?.(nameStep(step), 'begun', index, steps.length);
    // A process that is being started must be known before it can be stopped; only waiting is cut short.
    const waits = !['write', 'sweep', 'start'].includes(step.kind);
    await unlessInterrupted(parameters.signal, waits, folder.root, () =>
      perform(step, run, network, settings, seed),
    );
    parameters.onStep?.(nameStep(step), 'done', index, steps.length);
  }
  journal.append({ kind: 'finished' });
  const rpcUrl = Object.values(run.rpc)[0]!;
  return {
    manifest,
    folder: folder.root,
    nodes: [...run.nodes].map(([name, node]) => ({ ...node, name })),
    rpcUrl,
    wsUrl: rpcUrl.replace(/^http/, 'ws').replace(/rpc$/, 'ws'),
    rpcUrls: run.rpc,
    steps: steps.map(nameStep),
    stop: async () => void (await endProcesses(folder.root)),
  };
}

async function perform(
  step: NetworkStep,
  run: NetworkRun,
  network: CompiledNetwork,
  settings: StartSettings,
  seed: string,
): Promise<void> {
  const { folder, journal } = run;
  const primaries = network.nodes.filter(({ primary }) => primary).map(({ name }) => name);
  switch (step.kind) {
    case 'write':
      return ensureNetworkFiles(folder, network, seed);
    case 'sweep':
      await endProcesses(folder.node(step.node));
      return;
    case 'start': {
      const node = network.nodes.find(({ name }) => name === step.node)!;
      run.started.push(step.node);
      await ensureNodeStarted(node, settings);
      return;
    }
    case 'await-node': {
      const node = network.nodes.find(({ name }) => name === step.node)!;
      const running = await awaitNode(
        await ensureNodeStarted(node, settings),
        folder.node(step.node),
      );
      run.nodes.set(step.node, running);
      if (node.primary) await awaitPChain(step.node, running.uri);
      return;
    }
    case 'send': {
      const transaction = network.transactions.find((one) => one.step === step.transaction)!;
      const uris = primaries.map((name) => run.nodes.get(name)!.uri);
      await ensureTransaction(transaction, uris, journal);
      return;
    }
    case 'await-chain':
      run.rpc[step.node] = await awaitChain(
        run.nodes.get(step.node)!,
        network.manifest.blockchainId,
      );
      return;
    case 'verify':
      return verifyNetwork(
        network,
        Object.fromEntries([...run.nodes].map(([name, { uri }]) => [name, uri])),
        run.rpc,
      );
  }
}

async function awaitPChain(name: string, uri: string): Promise<void> {
  await waitUntil(`the P-Chain is up on ${name}`, 60_000, () => isBootstrapped(uri, 'P'));
}

/** Ends a wait at once when the signal comes; what was waited for is left to itself. */
async function unlessInterrupted(
  signal: AbortSignal | undefined,
  waits: boolean,
  where: string,
  work: () => Promise<void>,
): Promise<void> {
  if (signal === undefined) return work();
  const interrupted = () =>
    new ToolkitError({
      code: 'NETWORK_INTERRUPTED',
      message: 'The start was interrupted; what it had started was stopped.',
      where,
      next: 'The same command goes on where it stopped.',
    });
  if (signal.aborted) throw interrupted();
  if (!waits) return work();
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(interrupted());
    signal.addEventListener('abort', stop, { once: true });
  });
  const done = work();
  done.catch(() => undefined); // it may fail later, when nobody waits for it
  try {
    await Promise.race([done, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
