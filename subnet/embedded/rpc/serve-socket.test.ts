import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { RpcMethod } from './answer-rpc.js';
import { MAX_BODY_BYTES, type RpcServer, serveRpc } from './serve-rpc.js';

const methods = new Map<string, RpcMethod>([
  ['echo', (params) => params],
  ['slow', () => new Promise((resolve) => setTimeout(resolve, 20, 'late'))],
]);
let server: RpcServer;
beforeAll(async () => {
  const feed = { listen: () => () => {} };
  server = await serveRpc({ host: '127.0.0.1', port: 0, methods, feed });
});
afterAll(() => server.stop());

const body = (method: string, ...params: unknown[]) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });

function plain(text: string, headers = ''): string {
  const length = Buffer.byteLength(text);
  return `POST / HTTP/1.1\r\nHost: localhost:1\r\n${headers}Content-Length: ${length}\r\n\r\n${text}`;
}

/** Sends pieces one after the other and reads until `count` answers are there or the connection ends. */
function talk(pieces: readonly (string | Buffer)[], count: number, end = false): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(server.port, '127.0.0.1', async () => {
      for (const piece of pieces) {
        socket.write(piece);
        await new Promise((later) => setTimeout(later, 5));
      }
      if (end) socket.end();
    });
    socket.setEncoding('utf8');
    socket.on('data', (more) => {
      text += more;
      if (text.split('HTTP/1.1').length - 1 >= count && /}$|\n$/.test(text) && !end)
        socket.destroy();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

const results = (text: string) =>
  [...text.matchAll(/"result":(.*?)}(?=HTTP|$)/g)].map(([, found]) => JSON.parse(found!));

describe('serveSocket', () => {
  it('answers requests one by one, and several at once in their order', async () => {
    const one = plain(body('echo', 1));
    const slow = plain(body('slow'));
    expect(results(await talk([one, slow, plain(body('echo', 'ü€'))], 3))).toEqual([
      [1],
      'late',
      ['ü€'],
    ]);
    expect(results(await talk([slow + one + one], 3))).toEqual(['late', [1], [1]]);
    // The second waits while the first is answered.
    expect(results(await talk([slow, one, one], 3))).toEqual(['late', [1], [1]]);
  });

  it('takes requests in pieces, chunks, after a continue, and large ones, also in between', async () => {
    const text = plain(body('echo', 2));
    const small = plain(body('echo', 1));
    for (const at of [3, 20, text.indexOf('\r\n\r\n') + 2, text.length - 4])
      expect(results(await talk([small, text.slice(0, at), text.slice(at), small], 3))).toEqual([
        [1],
        [2],
        [1],
      ]);
    const chunk = body('echo', 3);
    const chunked = `POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.length.toString(16)}\r\n${chunk}\r\n0\r\n\r\n`;
    expect(results(await talk([small, chunked, small], 3))).toEqual([[1], [3], [1]]);
    const large = 'x'.repeat(300_000);
    expect(results(await talk([small, plain(body('echo', large)), small], 3))).toEqual([
      [1],
      [large],
      [1],
    ]);
    expect(await talk([plain(body('echo', 1), 'Expect: 100-continue\r\n')], 2)).toContain(
      '100 Continue',
    );
  });

  it('ends when the client does, after the answer', async () => {
    expect(results(await talk([plain(body('slow'))], 1, true))).toEqual(['late']);
    expect(await talk([plain(body('echo', 1), 'Connection: close\r\n')], 9)).toMatch(
      /connection: close/i,
    );
    expect(await talk(['POST / HT'], 1, true)).toContain('400');
  });

  it.each([
    ['a foreign host', plain(body('echo')).replace('localhost', 'evil.example'), 403],
    ['two hosts', plain(body('echo')).replace('Host', 'Host: evil.example\r\nHost'), 403],
    ['no host', plain(body('echo')).replace(/Host.*?\r\n/, ''), 400],
    ['two lengths', plain(body('echo'), 'Content-Length: 3\r\n'), 400],
    ['a folded header', plain(body('echo'), 'X-A: 1\r\n Host: evil\r\n'), 400],
    ['another method', plain('').replace('POST', 'GET'), 405],
    ['too large a body', plain('x'.repeat(MAX_BODY_BYTES + 1)), 413],
    ['no HTTP at all', '\u0016\u0003\u0001\r\n\r\n', 400],
  ])('refuses %s', async (_, text, status) => {
    const answer = await talk([text], 1, status === 400);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    // Also on a connection that was good before.
    const later = await talk([plain(body('echo', 5)), text], 2, status === 400);
    expect(later).toContain(`HTTP/1.1 ${status} `);
    expect(results(later.replace(/HTTP[^{]*$/, ''))).toEqual([[5]]);
  });

  it('keeps a connection for clients that reuse it, and upgrades to WebSocket', async () => {
    const seen = await new Promise<string>((resolve, reject) => {
      const asked = request({ port: server.port, host: '127.0.0.1', method: 'POST' }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(String(answer.headers['content-type'])));
      });
      asked.on('error', reject);
      asked.end(body('echo'));
    });
    expect(seen).toBe('application/json');
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}`);
    const answer = await new Promise<string>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('open', () => socket.send(body('echo', 7)));
      socket.on('message', (data) => resolve(String(data)));
    });
    expect(JSON.parse(answer).result).toEqual([7]);
    socket.terminate();
  });
});
