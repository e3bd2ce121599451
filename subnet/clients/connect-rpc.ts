import { createClient, http } from 'viem';
import { translateRpcError, verifyRpcUrl } from './connect-deployment.js';
import { rpcTimeout } from './rpc-timeout.js';

/**
 * Sends single JSON-RPC calls.
 *
 * @param timeout Milliseconds to wait for one answer; one that does not come is asked for once more.
 * @throws ToolkitError `RPC_URL_INVALID` (exit 2), `RPC_UNREACHABLE` (exit 3), `RPC_REFUSED`.
 * @example await connectRpc('http://127.0.0.1:8545')('eth_chainId', [])
 */
export function connectRpc(
  url: string,
  timeout = rpcTimeout(60_000),
): (method: string, parameters: readonly unknown[]) => Promise<unknown> {
  verifyRpcUrl(url);
  const client = createClient({ transport: http(url, { retryCount: 1, timeout }) });
  return async (method, parameters) => {
    try {
      return await client.request({ method, params: parameters } as never);
    } catch (cause) {
      throw translateRpcError(cause, url);
    }
  };
}
