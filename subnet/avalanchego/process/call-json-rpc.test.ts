import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callJsonRpc } from './call-json-rpc.js';
import { waitUntil } from './wait-until.js';

let server: Server;
let url: string;
const answers: Record<string, [number, string]> = {
  good: [200, '{"jsonrpc":"2.0","id":1,"result":{"height":"3"}}'],
  nothing: [200, '{"jsonrpc":"2.0","id":1,"result":null}'],
  refused: [
    200,
    `{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"${'x'.repeat(5_000)}"}}`,
  ],
  missing: [404, '404 page not found\n'],
};

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => {
      body += data;
    });
    request.on('end', () => {
      const [status, text] = answers[JSON.parse(body).method as string]!;
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

it('hands back results, null included', async () => {
  await expect(callJsonRpc(url, 'good', [])).resolves.toEqual({ height: '3' });
  await expect(callJsonRpc(url, 'nothing', [])).resolves.toBeNull();
});

it('names errors by kind and keeps messages short', async () => {
  const error: Error = await callJsonRpc<never>(url, 'refused', []).catch((e) => e);
  expect(error).toMatchObject({ code: 'NODE_CALL_REFUSED' });
  expect(error.message.length).toBeLessThan(500);
  await expect(callJsonRpc(url, 'missing', [])).rejects.toMatchObject({
    code: 'NODE_ANSWER',
    next: expect.stringContaining('not up'),
  });
  await expect(callJsonRpc('http://127.0.0.1:1', 'good', [])).rejects.toMatchObject({
    code: 'NODE_UNREACHABLE',
    exitCode: 3,
  });
});

it('gives up waiting, and passes on what the question throws', async () => {
  await expect(waitUntil('never', 50, async () => false)).rejects.toMatchObject({
    code: 'NODE_TIMEOUT',
  });
  await expect(
    waitUntil('error', 5_000, () => callJsonRpc(url, 'missing', []).then(() => true)),
  ).rejects.toMatchObject({ code: 'NODE_ANSWER' });
});
