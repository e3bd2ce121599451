import type { Hex } from '../../genesis/base/hash.js';
import { parseGenesis } from '../../genesis/compile/parse-genesis.js';
import { loadNativeCrypto } from '../clients/native-crypto.js';
import { EmbeddedChain, type Mining } from './chain/embedded-chain.js';
import { chainMethods } from './methods/chain-methods.js';
import { chainFeed } from './rpc/chain-feed.js';
import { serveRpc } from './rpc/serve-rpc.js';

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
  /** Private keys that the chain signs with for `eth_sendTransaction`; default those of the public test phrase. */
  readonly accounts?: readonly Hex[] | undefined;
}

export interface RunningEmbedded {
  readonly url: string;
  readonly wsUrl: string;
  readonly port: number;
  readonly chain: EmbeddedChain;
  /** Stops mining and closes the server with its connections. */
  stop(): Promise<void>;
}

/**
 * Starts a chain in this process that follows the rules of Subnet-EVM and answers JSON-RPC over HTTP and WebSocket.
 *
 * @throws ToolkitError `GENESIS_…` for a bad genesis, `EMBEDDED_PORT_IN_USE` or `EMBEDDED_LISTEN_FAILED` (exit 2).
 * @example const { url, stop } = await startEmbedded({ genesis, port: 0 });
 */
export async function startEmbedded(parameters: StartEmbeddedParameters): Promise<RunningEmbedded> {
  const { genesis: text, upgrade, host = '127.0.0.1', port, now = Date.now } = parameters;
  const genesis = parseGenesis(text, { network: 'local', upgradeText: upgrade });
  const chain = new EmbeddedChain({
    genesis,
    crypto: await loadNativeCrypto(),
    mining: parameters.mining,
    now,
  });
  const methods = chainMethods(chain, {
    documents: {
      config: JSON.parse(text).config,
      upgrade: upgrade === undefined ? undefined : JSON.parse(upgrade),
    },
    accounts: parameters.accounts,
  });
  try {
    const server = await serveRpc({ host, port, methods, feed: chainFeed(chain) });
    return {
      url: server.url,
      wsUrl: server.url.replace('http', 'ws'),
      port: server.port,
      chain,
      async stop() {
        await server.stop();
        await chain.stop();
      },
    };
  } catch (error) {
    await chain.stop();
    throw error;
  }
}
