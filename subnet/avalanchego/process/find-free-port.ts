import { createServer } from 'node:net';

/**
 * A port of the loopback interface that nobody listens on.
 *
 * @param wish tried first, e.g. the one of the last start, so that addresses survive a restart.
 */
export async function findFreePort(wish = 0): Promise<number> {
  return (await tryPort(wish)) ?? (await tryPort(0))!;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => resolve(found));
    });
  });
}
