import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import { parseGenesis } from '../../genesis/compile/parse-genesis.js';
import { loadNativeCrypto } from '../clients/native-crypto.js';
import { EmbeddedChain, type Mining } from './chain/embedded-chain.js';
import { chainMethods } from './methods/chain-methods.js';
import { chainFeed } from './rpc/chain-feed.js';
import { serveRpc } from './rpc/serve-rpc.js';
import type { BlockLog } from './store/block-log.js';

export interface StartEmbeddedParameters {
  /** Text of the genesis file. */
  readonly genesis: string;
  /** Text of upgrade.json. */
  readonly upgrade?: string | undefined;
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** 0 for any free one. */
  readonly port: number;
  /** Default `instant`: a block after each transaction. */
  readonly mining?: Mining | undefined;
  /** The machine's time in milliseconds; default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Folder that keeps the blocks; they are executed again at the start. Absent: nothing is kept. */
  readonly dataDir?: string | undefined;
  /** Private keys that the chain signs with for `eth_sendTransaction`; default those of the public test phrase. */
  readonly accounts?: readonly Hex[] | undefined;
}

export interface RunningEmbedded {
  readonly url: string;
  readonly wsUrl: string;
  readonly port: number;
  readonly chain: EmbeddedChain;
  /** Bytes of a block that was being written when an earlier process died; they were cut off. */
  readonly tornBytes: number;
  /** Stops mining and closes the server with its connections. */
  stop(): Promise<void>;
}

/**
 * Starts a chain in this process that follows the rules of Subnet-EVM and answers JSON-RPC over HTTP and WebSocket.
 *
 * @throws ToolkitError `GENESIS_…` for a bad genesis, `EMBEDDED_STORE_…` for a bad data folder, `EMBEDDED_PORT_IN_USE` or `EMBEDDED_LISTEN_FAILED` (exit 2).
 * @example const { url, stop } = await startEmbedded({ genesis, port: 0 });
 */
export async function startEmbedded(parameters: StartEmbeddedParameters): Promise<RunningEmbedded> {
  const { genesis: text, upgrade, host = '127.0.0.1', port, now = Date.now } = parameters;
  const genesis = parseGenesis(text, { network: 'local', upgradeText: upgrade });
  const chain = new EmbeddedChain({
    genesis,
    crypto: await loadNativeCrypto(),
    mining: 'manual',
    now,
  });
  const store = await openStore(chain, parameters.dataDir);
  const methods = chainMethods(chain, {
    documents: {
      config: JSON.parse(text).config,
      // The node takes an empty file for none.
      upgrade: upgrade === undefined || upgrade === '' ? undefined : JSON.parse(upgrade),
    },
    accounts: parameters.accounts,
  });
  try {
    await restoreBlocks(chain, store?.found ?? [], parameters.dataDir);
    chain.store = store;
    chain.mining = parameters.mining ?? 'instant';
    const server = await serveRpc({ host, port, methods, feed: chainFeed(chain) });
    return {
      url: server.url,
      wsUrl: server.url.replace('http', 'ws'),
      port: server.port,
      chain,
      tornBytes: store?.tornBytes ?? 0,
      async stop() {
        await server.stop();
        await chain.stop();
        store?.close();
      },
    };
  } catch (error) {
    await chain.stop();
    store?.close();
    throw error;
  }
}

/** The genesis hash covers neither the chain id nor the rules; that blocks follow from them shows only here. */
async function restoreBlocks(
  chain: EmbeddedChain,
  raws: readonly Hex[],
  folder: string | undefined,
): Promise<void> {
  for (const raw of raws) {
    try {
      await chain.restore(raw);
    } catch (cause) {
      throw new ToolkitError({
        code: 'EMBEDDED_STORE_OTHER_CHAIN',
        message: `Block ${chain.blocks.length} of the folder does not follow under this genesis: ${(cause as Error).message}`,
        where: folder,
        next: 'Start with the genesis and upgrade.json that it was made with, or choose another --data-dir.',
        exitCode: 2,
        cause,
      });
    }
  }
}

async function openStore(
  chain: EmbeddedChain,
  folder: string | undefined,
): Promise<BlockLog | undefined> {
  if (folder === undefined) return undefined;
  const { openBlockLog } = await import('./store/block-log.js');
  return openBlockLog(folder, chain.head.block.hash);
}
