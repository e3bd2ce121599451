import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a bad connection or a bad node does to one call. */
export type CallFault =
  /** The connection is cut before the chain has the call, or before its answer is back. */
  | 'cut-before'
  | 'cut-after'
  | 'late'
  /** The chain gets the call twice. */
  | 'twice'
  /** Answered with an error that is not true. */
  | 'says already known'
  | 'says nonce too low'
  | 'says replacement transaction underpriced'
  /** Acknowledged and thrown away. */
  | 'swallowed'
  /** Every call fails from now on, until `revive`. */
  | 'down';

interface Call {
  readonly id: unknown;
  readonly method: string;
  readonly params?: readonly unknown[];
}

export interface FaultDoor {
  readonly url: string;
  /** Raw transactions that the chain has got. */
  readonly sent: string[];
  /** Decides before each call; undefined lets it through. */
  fault: (method: string) => CallFault | undefined;
  /** Called after each call, with what the chain has answered. */
  after: (method: string) => Promise<void>;
  revive(): void;
  stop(): void;
}

/** For tests: a door before a chain that does to its calls what bad connections and bad nodes do. */
export async function openFaultDoor(behind: string): Promise<FaultDoor> {
  let down = false;
  const ask = async (body: string) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(behind, { method: 'POST', headers, body })).text();
  };
  const answer = async (call: Call, body: string, response: ServerResponse): Promise<void> => {
    const fault = down ? 'down' : door.fault(call.method);
    const reply = (content: object) =>
      response.end(JSON.stringify({ jsonrpc: '2.0', id: call.id, ...content }));
    const isSend = call.method === 'eth_sendRawTransaction';
    if (fault === 'down') down = true;
    if (fault === 'down' || fault === 'cut-before') {
      response.destroy();
      return;
    }
    if (isSend && fault?.startsWith('says ')) {
      reply({ error: { code: -32_000, message: fault.slice(5) } });
      return;
    }
    if (isSend && fault === 'swallowed') {
      reply({ result: `0x${'00'.repeat(32)}` });
      return;
    }
    if (fault === 'late') await new Promise((resolve) => setTimeout(resolve, 150));
    if (isSend) door.sent.push(call.params?.[0] as string);
    if (fault === 'twice') await ask(body);
    const text = await ask(body);
    await door.after(call.method);
    if (fault === 'cut-after') response.destroy();
    else response.end(text);
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.setHeader('content-type', 'application/json');
    try {
      await answer(JSON.parse(body) as Call, body, response);
    } catch {
      // The chain behind has been stopped.
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const door: FaultDoor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: [],
    fault: () => undefined,
    after: async () => {},
    revive: () => {
      down = false;
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return door;
}
