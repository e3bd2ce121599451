import { ToolkitError } from '../../../genesis/base/errors.js';

export interface CallOptions {
  /** Defaults to 10 seconds. */
  readonly timeoutMilliseconds?: number;
}

/**
 * One JSON-RPC 2.0 call over HTTP, for the node's own APIs (`/ext/info`, `/ext/bc/P` …), which
 * avalanchejs covers only in part and with lost error codes.
 *
 * @throws ToolkitError NODE_UNREACHABLE (exit 3) when nothing answers, NODE_ANSWER when the answer is not JSON-RPC, NODE_CALL_REFUSED when it is an error.
 * @example
 * await callJsonRpc('http://127.0.0.1:9650/ext/info', 'info.getNodeID', {});
 */
export async function callJsonRpc<T>(
  url: string,
  method: string,
  params: unknown,
  options: CallOptions = {},
): Promise<T> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(options.timeoutMilliseconds ?? 10_000),
    });
    status = response.status;
    text = await response.text();
  } catch (cause) {
    throw new ToolkitError({
      code: 'NODE_UNREACHABLE',
      message: `No answer to ${method}.`,
      where: url,
      next: 'Check that the node runs and the URL is right.',
      exitCode: 3,
      cause,
    });
  }
  let body: { result?: T; error?: { code?: number; message?: string } };
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new ToolkitError({
      code: 'NODE_ANSWER',
      message: `The answer to ${method} is not JSON (HTTP ${status}): ${text.slice(0, 120).trim()}`,
      where: url,
      next:
        status === 404
          ? 'The chain is not up: it is not tracked, still starting, or its files were refused.'
          : undefined,
      cause,
    });
  }
  if (body.error !== undefined || body.result === undefined) {
    throw new ToolkitError({
      code: 'NODE_CALL_REFUSED',
      message: `${method}: ${(body.error?.message ?? 'no result').slice(0, 400)}`,
      where: url,
    });
  }
  return body.result;
}
