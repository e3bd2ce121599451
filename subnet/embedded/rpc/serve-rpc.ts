import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { answerRpc, type RpcMethods } from './answer-rpc.js';
import { serveSocket } from './serve-socket.js';
import { type RpcFeed, serveWebSocket } from './serve-websocket.js';

/** Bytes that a request body may have; a deployment of the largest initcode needs about 100 kB of hex. */
export const MAX_BODY_BYTES = 5_000_000;

export interface RpcServer {
  readonly url: string;
  readonly port: number;
  /** Stops listening and closes idle and open connections. */
  stop(): Promise<void>;
}

/**
 * Serves JSON-RPC over HTTP POST. Requests whose Host header names neither loopback nor the listening host are
 * refused, so that a web page cannot reach the chain by rebinding its name; no CORS headers are sent.
 *
 * @param parameters Host and port (0 for any free one).
 * @throws ToolkitError `EMBEDDED_PORT_IN_USE` (exit 2) with the next free port, `EMBEDDED_LISTEN_FAILED` (exit 2) else.
 */
export async function serveRpc(parameters: {
  readonly host: string;
  readonly port: number;
  readonly methods: RpcMethods;
  /** Adds WebSocket with `eth_subscribe` on the same port. */
  readonly feed?: RpcFeed;
}): Promise<RpcServer> {
  const { host, port, methods, feed } = parameters;
  const allowed = new Set(['127.0.0.1', 'localhost', '[::1]', host]);
  const http = createHttpServer((request, response) => {
    respond(request, response, allowed, methods).catch(() => response.destroy());
  });
  // Clients on this machine reuse connections; closing idle ones would race with their next request.
  http.keepAliveTimeout = 0;
  const answer = (text: string) => answerRpc(text, methods);
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    serveSocket(socket, { allowedHosts: allowed, answer, http });
  });
  await listen(server, host, port);
  const closeSockets =
    feed === undefined
      ? undefined
      : serveWebSocket(http, {
          methods,
          feed,
          maxBodyBytes: MAX_BODY_BYTES,
          allowedHosts: allowed,
        });
  const bound = (server.address() as AddressInfo).port;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${bound}`,
    port: bound,
    stop: () =>
      new Promise((resolve) => {
        closeSockets?.();
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  allowed: ReadonlySet<string>,
  methods: RpcMethods,
): Promise<void> {
  const refuse = (status: number, text: string) => {
    response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
    response.end(`${text}\n`);
  };
  const hostname = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (!allowed.has(hostname)) return refuse(403, 'Host not allowed: use 127.0.0.1 or localhost.');
  if (request.method !== 'POST') return refuse(405, 'Send JSON-RPC requests by POST.');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return refuse(413, `The body exceeds ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  const answer = await answerRpc(Buffer.concat(chunks).toString('utf8'), methods);
  if (answer === undefined) response.writeHead(204).end();
  else {
    const length = Buffer.byteLength(answer);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': length });
    response.end(answer);
  }
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  const problem = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => resolve(undefined));
  });
  if (problem === undefined) return;
  if (problem.code !== 'EADDRINUSE') {
    throw new ToolkitError({
      code: 'EMBEDDED_LISTEN_FAILED',
      message: `Cannot listen: ${problem.message}.`,
      where: `${host}:${port}`,
      allowed: 'an address of this machine, and a port that this user may open',
      next: 'Leave --host away for 127.0.0.1, or choose another --port.',
      exitCode: 2,
    });
  }
  const free = await findFreePort(host, port + 1);
  throw new ToolkitError({
    code: 'EMBEDDED_PORT_IN_USE',
    message: `Port ${port} is in use.`,
    where: `${host}:${port}`,
    next: free === undefined ? 'Choose another --port.' : `Use --port ${free}, which is free.`,
    exitCode: 2,
  });
}

async function findFreePort(host: string, first: number): Promise<number | undefined> {
  for (let port = first; port < Math.min(first + 100, 65_536); port += 1) {
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, host, () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  return undefined;
}
