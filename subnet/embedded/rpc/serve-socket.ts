import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface SocketParameters {
  /** Hosts that the Host header may name, without port. */
  readonly allowedHosts: ReadonlySet<string>;
  /** The answer to a body; undefined when there is none to give. */
  answer(body: string): Promise<string | undefined>;
  /** Takes over connections that ask for anything else than what is answered here. */
  readonly http: Server;
}

/** Between the head of a request and its body. */
const blank = '\r\n\r\n';
/** A head with one of these is left to the whole HTTP parser, as is one without a length. */
const special = /\r\n(?:transfer-encoding|expect|upgrade|connection: *close|[ \t])/i;

/**
 * Answers plain POST requests of one connection, each of which arrived in one piece, and hands the connection to the HTTP
 * server of Node at the first request that is anything else: large bodies, chunks, WebSocket, wrong hosts, wrong methods.
 * Development tools send thousands of small requests one by one; the whole parser and its streams cost each of them as
 * much time as a transfer takes to execute.
 */
export function serveSocket(socket: Socket, parameters: SocketParameters): void {
  const { answer, http } = parameters;
  let waiting: Buffer | undefined;
  let busy = false;
  let ended = false;
  const onError = () => socket.destroy();
  const onEnd = () => {
    ended = true;
    if (!busy) socket.end();
  };
  const handOver = (data: Buffer) => {
    socket.pause();
    socket.off('data', onData);
    socket.off('end', onEnd);
    socket.off('error', onError);
    socket.unshift(data);
    http.emit('connection', socket);
    socket.resume();
  };
  const onData = (data: Buffer) => {
    if (busy) {
      waiting = waiting === undefined ? data : Buffer.concat([waiting, data]);
      return;
    }
    const body = plainBody(data, parameters.allowedHosts);
    if (body === undefined) {
      handOver(data);
      return;
    }
    busy = true;
    answer(body).then(
      (text) => {
        socket.write(text === undefined ? noContent() : content(text));
        busy = false;
        const next = waiting;
        waiting = undefined;
        if (next !== undefined) onData(next);
        else if (ended) socket.end();
      },
      () => socket.destroy(),
    );
  };
  socket.on('data', onData);
  socket.on('end', onEnd);
  socket.on('error', onError);
}

/** The body of a plain POST request that is all of the data; undefined for anything else. */
function plainBody(data: Buffer, allowedHosts: ReadonlySet<string>): string | undefined {
  const end = data.indexOf(blank);
  if (end < 0) return undefined;
  const head = data.toString('latin1', 0, end);
  const line = head.indexOf('\r\n');
  if (!head.startsWith('POST ') || !head.startsWith(' HTTP/1.1', line - 9)) return undefined;
  if (special.test(head)) return undefined;
  const length = only(head, /\r\ncontent-length: *(\d{1,7}) *(?=\r\n|$)/gi);
  const host = only(head, /\r\nhost: *([^\s,]+?)(?::\d{1,5})? *(?=\r\n|$)/gi);
  if (length === undefined || host === undefined || !allowedHosts.has(host)) return undefined;
  const start = end + blank.length;
  return data.length === start + Number(length) ? data.toString('utf8', start) : undefined;
}

/** What a pattern captures when it is found once. */
function only(head: string, pattern: RegExp): string | undefined {
  const found = pattern.exec(head);
  return found === null || pattern.exec(head) !== null ? undefined : found[1];
}

let second = 0;
let date = '';

/** The clock as HTTP writes it, put together once a second. */
function now(): string {
  const current = Math.floor(Date.now() / 1000);
  if (current !== second) {
    second = current;
    date = new Date(current * 1000).toUTCString();
  }
  return date;
}

function content(text: string): string {
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nDate: ${now()}\r\nConnection: keep-alive\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

function noContent(): string {
  return `HTTP/1.1 204 No Content\r\nDate: ${now()}\r\nConnection: keep-alive\r\n\r\n`;
}
