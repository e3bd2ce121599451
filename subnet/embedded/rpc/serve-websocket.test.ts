import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { RpcMethod } from './answer-rpc.js';
import { RpcError } from './rpc-error.js';
import { type RpcServer, serveRpc } from './serve-rpc.js';

const listening = new Set<(event: unknown) => void>();
let server: RpcServer;
beforeAll(async () => {
  server = await serveRpc({
    host: '127.0.0.1',
    port: 0,
    methods: new Map<string, RpcMethod>([['eth_chainId', () => '0x1']]),
    feed: {
      listen(kind, _filter, send) {
        if (kind !== 'newHeads') throw new RpcError('invalidParams', `no subscription ${kind}`);
        listening.add(send);
        return () => listening.delete(send);
      },
    },
  });
});
afterAll(() => server.stop());

async function open(origin?: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}`, origin ? { origin } : {});
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const next = () =>
    new Promise<unknown>((resolve) =>
      socket.once('message', (data) => resolve(JSON.parse(`${data}`))),
    );
  const call = (method: string, params: unknown[] = []) => {
    const answer = next();
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
    return answer;
  };
  return { socket, next, call };
}

describe('serveWebSocket', () => {
  it('answers methods, sends events while subscribed, and stops', async () => {
    const { socket, next, call } = await open();
    expect(await call('eth_chainId')).toHaveProperty('result', '0x1');
    expect(await call('eth_subscribe', ['syncs'])).toHaveProperty('error.code', -32602);
    expect(await call('eth_subscribe', ['newHeads'])).toHaveProperty('result', '0x2');
    const event = next();
    for (const send of listening) send({ number: '0x5' });
    expect(await event).toEqual({
      jsonrpc: '2.0',
      method: 'eth_subscription',
      params: { subscription: '0x2', result: { number: '0x5' } },
    });
    expect(await call('eth_unsubscribe', ['0x2'])).toHaveProperty('result', true);
    expect(await call('eth_unsubscribe', ['0x2'])).toHaveProperty('result', false);
    expect(listening.size).toBe(0);
    await call('eth_subscribe', ['newHeads']);
    socket.close();
    await expect.poll(() => listening.size).toBe(0);
  });

  it('refuses web pages of other sites', async () => {
    await expect(open('https://evil.example')).rejects.toThrow('401');
    const own = await open('http://localhost:3000');
    own.socket.close();
  });
});
