import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a lying node does with one call. `undefined` tells the truth. */
export type Lie =
  | undefined
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string } }
  /** Any HTTP answer. */
  | { readonly status: number; readonly body: string }
  /** Says that the body is longer than it is, and ends the connection. */
  | { readonly torn: string }
  | 'silence'
  | 'hang up';

export interface LyingNode {
  readonly url: string;
  /** How often each method was asked. */
  readonly asked: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/**
 * A JSON-RPC node on 127.0.0.1 that passes calls on to a true one and changes what it wants of the answers; a tool to see
 * whether an audit, or any client, notices.
 *
 * @param target HTTP address of the true node.
 * @param lie Called with each answer before it is given.
 */
export async function startLyingNode(
  target: string,
  lie: (call: {
    readonly method: string;
    readonly params: unknown;
    readonly result: unknown;
  }) => Lie,
): Promise<LyingNode> {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { id, method, params } = JSON.parse(body);
    asked.set(method, (asked.get(method) ?? 0) + 1);
    const headers = { 'content-type': 'application/json' };
    const told = await fetch(target, { method: 'POST', headers, body });
    const truth = (await told.json()) as { readonly result: unknown };
    const forged = lie({ method, params, result: truth.result });
    if (forged === 'silence') return;
    if (forged === 'hang up') return void response.destroy();
    if (forged !== undefined && 'status' in forged)
      return void response.writeHead(forged.status).end(forged.body);
    if (forged !== undefined && 'torn' in forged) {
      response.writeHead(200, { ...headers, 'content-length': String(forged.torn.length + 9) });
      return void response.write(forged.torn, () => response.destroy());
    }
    response
      .writeHead(200, headers)
      .end(JSON.stringify(forged === undefined ? truth : { jsonrpc: '2.0', id, ...forged }));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
