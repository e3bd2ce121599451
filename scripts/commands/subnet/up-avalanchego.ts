import { readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findNode } from '../../../subnet/avalanchego/binaries/find-node.js';
import type { Topology } from '../../../subnet/avalanchego/plan/topology.js';
import { isNodeProcess } from '../../../subnet/avalanchego/process/find-processes.js';
import { lastOutput } from '../../../subnet/avalanchego/process/spawn-node.js';
import {
  type RunningNetwork,
  startNetwork,
} from '../../../subnet/avalanchego/topologies/start-network.js';
import type { CommandResult } from '../../command.js';
import type { Context } from '../../context.js';
import { formatTable } from '../../output.js';
import { defaultNetworkFolder } from './engine-options.js';

interface Arguments {
  readonly dataDir?: string | undefined;
  readonly topology?: Topology | undefined;
  readonly validators?: number | undefined;
  readonly detach?: boolean | undefined;
  readonly genesis?: string | undefined;
  readonly json: boolean;
}

interface Texts {
  readonly name: string;
  readonly genesis: string;
  readonly upgrade?: string | undefined;
}

/** `masa subnet up --engine avalanchego`: real nodes, until Ctrl-C or in the background. */
export async function upAvalanchego(
  argv: Arguments,
  texts: Texts,
  context: Context,
): Promise<CommandResult> {
  const started = context.now();
  const folder = resolve(context.cwd, argv.dataDir ?? defaultNetworkFolder);
  const binaries = await findNode({
    moduleFolder: join(context.packageRoot, 'subnet/avalanchego/node'),
    home: context.home,
    env: context.env,
  });
  let bar: ReturnType<Context['progress']> | undefined;
  let network: RunningNetwork;
  try {
    network = await startNetwork({
      binaries,
      folder,
      topology: argv.topology,
      validators: argv.validators,
      genesis: texts.genesis,
      upgrade: texts.upgrade,
      now: Math.floor(context.now() / 1000),
      cacheFolder: await findCacheFolder(context),
      signal: context.signal,
      onStep(step, state, index, total) {
        context.log(`${step} ${state}`);
        bar ??= context.progress('up', total);
        bar.update(state === 'done' ? index + 1 : index, step);
      },
    });
  } finally {
    bar?.stop();
  }
  const seconds = (context.now() - started) / 1000;
  const about = describe(network, seconds);
  const words = format(texts.name, network, {
    folder,
    detached: argv.detach === true,
    deployable: argv.genesis === undefined, // only the plan's own chain can take the plan's contracts
  });
  if (argv.detach) return { json: about, text: words };
  context.print(argv.json ? JSON.stringify(about) : words);
  const ended = await watch(network, context);
  await network.stop();
  return {
    json: { ...about, ended },
    text: ended === 'interrupted' ? 'stopped; its blocks are kept' : 'the network was stopped',
  };
}

/** Sources may change from run to run; what is compiled says what it was compiled from. */
async function findCacheFolder({ packageRoot, home }: Context): Promise<string | undefined> {
  const compiled = join(packageRoot, 'dist');
  if (!fileURLToPath(import.meta.url).startsWith(compiled + sep)) return undefined;
  const digest = await readFile(join(compiled, '.sources'), 'utf8').catch(() => undefined);
  return digest === undefined ? undefined : join(home, 'cache', 'network', digest.slice(0, 16));
}

/** Returns when Ctrl-C is pressed or no node is left; says when one node ends. */
async function watch(network: RunningNetwork, context: Context): Promise<string> {
  const living = new Map(network.nodes.map((node) => [node.name, node]));
  while (!context.signal.aborted) {
    await sleep(500, undefined, { signal: context.signal }).catch(() => undefined);
    for (const [name, { pid, folder }] of living) {
      if (context.signal.aborted || isNodeProcess(pid, folder)) continue;
      living.delete(name);
      if (living.size === 0) return 'stopped';
      const last = await lastOutput(folder);
      context.print(
        `${name} has ended (${last}); the same command in another shell starts it again`,
      );
    }
  }
  return 'interrupted';
}

function describe(network: RunningNetwork, seconds: number) {
  const { manifest, rpcUrl, wsUrl, rpcUrls, nodes, folder, steps } = network;
  return {
    rpcUrl,
    wsUrl,
    rpcUrls,
    chainId: manifest.chain.chainId,
    genesisHash: manifest.chain.genesisHash,
    topology: manifest.topology,
    subnetId: manifest.subnetId,
    blockchainId: manifest.blockchainId,
    nodes: nodes.map(({ name, pid, uri }) => ({ name, pid, uri })),
    folder,
    steps,
    seconds,
  };
}

function format(
  name: string,
  network: RunningNetwork,
  {
    folder,
    detached,
    deployable,
  }: Readonly<Record<'detached' | 'deployable', boolean>> & {
    readonly folder: string;
  },
): string {
  const { manifest, rpcUrl, wsUrl, nodes } = network;
  return [
    `${name} answers at ${rpcUrl}`,
    `            and at ${wsUrl}`,
    `chain id      ${manifest.chain.chainId}`,
    `genesis hash  ${manifest.chain.genesisHash}, as computed; precompiles, rules and upgrades too, on every node`,
    `topology      ${manifest.topology}, AvalancheGo ${manifest.version}`,
    `subnet        ${manifest.subnetId}`,
    `blockchain    ${manifest.blockchainId}`,
    formatTable(
      ['node', 'process', 'API'],
      nodes.map((node) => [node.name, String(node.pid), node.uri]),
    ),
    `data          ${folder}`,
    ...(deployable ? [`next          masa deploy run --rpc ${rpcUrl}`] : []),
    detached
      ? 'masa subnet down stops it; masa subnet up goes on from its last block.'
      : 'Ctrl-C stops it; the next start goes on from its last block.',
  ].join('\n');
}
