import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RpcMethod } from './answer-rpc.js';
import { RpcError } from './rpc-error.js';
import { MAX_BODY_BYTES, type RpcServer, serveRpc } from './serve-rpc.js';

const methods = new Map<string, RpcMethod>([
  ['eth_chainId', () => '0x1'],
  ['echo', (params: readonly unknown[]) => params],
  ['nothing', () => undefined],
  [
    'revert',
    () => {
      throw new RpcError('reverted', 'execution reverted', '0x08c379a0');
    },
  ],
]);
let server: RpcServer;
beforeAll(async () => {
  server = await serveRpc({ host: '127.0.0.1', port: 0, methods });
});
afterAll(() => server.stop());

const post = (body: string) => fetch(server.url, { method: 'POST', body });
const call = (message: unknown) => post(JSON.stringify(message)).then((answer) => answer.json());
const code = async (message: unknown) =>
  ((await call(message)) as { error: { code: number } }).error.code;

describe('serveRpc', () => {
  it('answers requests, and null for nothing', async () => {
    const ask = { jsonrpc: '2.0', id: 7, method: 'eth_chainId' };
    expect(await call(ask)).toEqual({ jsonrpc: '2.0', id: 7, result: '0x1' });
    expect(await call({ ...ask, method: 'nothing' })).toHaveProperty('result', null);
  });

  it('answers a batch in order without its notifications', async () => {
    const answers = await call([
      { jsonrpc: '2.0', id: 'a', method: 'echo', params: [1] },
      { jsonrpc: '2.0', method: 'echo', params: [2] },
      { jsonrpc: '2.0', id: 'b', method: 'absent' },
      5,
    ]);
    expect(answers).toMatchObject([
      { id: 'a', result: [1] },
      { id: 'b', error: { code: -32601 } },
      { id: null, error: { code: -32600 } },
    ]);
  });

  it('sends no body for a lone notification', async () => {
    expect((await post('{"jsonrpc":"2.0","method":"echo"}')).status).toBe(204);
  });

  it('numbers errors as JSON-RPC does', async () => {
    expect(await (await post('{')).json()).toMatchObject({ id: null, error: { code: -32700 } });
    expect(await code([])).toBe(-32600);
    expect(await code({ id: 1, method: 'echo' })).toBe(-32600);
    expect(await code({ jsonrpc: '2.0', id: {}, method: 'echo' })).toBe(-32600);
    expect(await code({ jsonrpc: '2.0', id: 1, method: 'echo', params: {} })).toBe(-32602);
  });

  it('hands out revert data with code 3', async () => {
    expect(await call({ jsonrpc: '2.0', id: 1, method: 'revert' })).toMatchObject({
      error: { code: 3, message: 'execution reverted', data: '0x08c379a0' },
    });
  });

  it('refuses foreign hosts, other verbs and large bodies', async () => {
    const status = await new Promise((resolve) => {
      const headers = { host: 'evil.example' };
      const options = { port: server.port, host: '127.0.0.1', method: 'POST', headers };
      request(options, (answer) => resolve(answer.statusCode)).end('{}');
    });
    expect(status).toBe(403);
    expect((await fetch(server.url)).status).toBe(405);
    expect((await post('x'.repeat(MAX_BODY_BYTES + 1))).status).toBe(413);
  });

  it('names the next free port when its own is taken', async () => {
    const second = serveRpc({ host: '127.0.0.1', port: server.port, methods });
    await expect(second).rejects.toMatchObject({
      code: 'EMBEDDED_PORT_IN_USE',
      exitCode: 2,
      next: expect.stringMatching(/--port \d+/),
    });
  });
});
