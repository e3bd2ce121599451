import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { answerRpc, type RpcMethods } from './answer-rpc.js';
import { RpcError } from './rpc-error.js';

/** What `eth_subscribe` listens to: `newHeads`, `logs`, `newPendingTransactions`. */
export interface RpcFeed {
  /**
   * Calls `send` for each event until the returned function is called.
   *
   * @throws RpcError -32602 for an unknown kind or a bad filter.
   */
  listen(kind: string, filter: unknown, send: (event: unknown) => void): () => void;
}

export interface WebSocketParameters {
  readonly methods: RpcMethods;
  readonly feed: RpcFeed;
  readonly maxBodyBytes: number;
  /** Hosts that the Host header may name, without port; the Origin, when there is one, must be among them too. */
  readonly allowedHosts: ReadonlySet<string>;
}

/** Answers JSON-RPC over WebSocket on the same port, with `eth_subscribe`. @returns A function that closes all. */
export function serveWebSocket(server: Server, parameters: WebSocketParameters): () => void {
  const { allowedHosts } = parameters;
  const sockets = new WebSocketServer({
    server,
    maxPayload: parameters.maxBodyBytes,
    verifyClient: ({ req, origin }: { req: IncomingMessage; origin: string }) =>
      allowedHosts.has((req.headers.host ?? '').replace(/:\d+$/, '')) &&
      (req.headers.origin === undefined ||
        (URL.canParse(origin) && allowedHosts.has(new URL(origin).hostname))),
  });
  // The HTTP server reports why it cannot listen; ws would throw the same again.
  sockets.on('error', () => {});
  sockets.on('connection', (socket) => serveSocket(socket, parameters));
  return () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
}

function serveSocket(socket: WebSocket, { methods, feed }: WebSocketParameters): void {
  const listeners = new Map<string, () => void>();
  let last = 0;
  const own = new Map(methods)
    .set('eth_subscribe', ([kind, filter]) => {
      if (typeof kind !== 'string') throw new RpcError('invalidParams', 'name a subscription');
      last += 1;
      const subscription = `0x${last.toString(16)}`;
      const send = (result: unknown) => {
        const params = { subscription, result };
        socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'eth_subscription', params }));
      };
      listeners.set(subscription, feed.listen(kind, filter, send));
      return subscription;
    })
    .set('eth_unsubscribe', ([subscription]) => {
      listeners.get(String(subscription))?.();
      return listeners.delete(String(subscription));
    });
  let turn = Promise.resolve();
  socket.on('message', (data) => {
    // One after the other, so that answers keep the order of the requests.
    turn = turn.then(async () => {
      const answer = await answerRpc(data.toString(), own);
      if (answer !== undefined) socket.send(answer);
    });
  });
  socket.on('close', () => {
    for (const stop of listeners.values()) stop();
  });
  socket.on('error', () => socket.terminate());
}
