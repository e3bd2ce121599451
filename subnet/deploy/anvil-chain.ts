import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hex } from '../../genesis/base/hash.js';
import { spawnAnvil } from './spawn-anvil.js';

interface Call {
  readonly id: unknown;
  readonly method: string;
  readonly params?: readonly unknown[];
}

export interface AnvilChain {
  /** Where the toolkit is sent. */
  readonly url: string;
  /** Raw transactions that passed. */
  readonly sent: Hex[];
  /** What the stand-in for Subnet-EVM claims; tests change it. */
  genesisHash: Hex;
  /** Role of an account at a precompile. */
  role: (precompile: Hex, account: Hex) => number;
  /** Called round a raw transaction, with its number from 1, before and after anvil has it; false cuts the connection. */
  onSend: (number: number, moment: 'before' | 'after') => boolean;
  call(method: string, params?: readonly unknown[]): Promise<unknown>;
  stop(): void;
}

/**
 * For tests: anvil with a genesis file, behind a door that says what anvil cannot know. Anvil takes the accounts of the
 * file but makes an Ethereum header of its own, so that its block 0 has another hash than Subnet-EVM's; and it has no
 * stateful precompiles. The door answers these two questions from the plan and hands everything else through. The hash
 * of a real node is tested in `deploy-on-avalanchego.test.ts`.
 */
export async function startAnvilChain(
  genesisFile: string,
  answers: Pick<AnvilChain, 'genesisHash' | 'role'>,
): Promise<AnvilChain> {
  const anvil = await spawnAnvil('--init', genesisFile, '--accounts', '0');
  const ask = async (body: string) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(anvil.url, { method: 'POST', headers, body })).text();
  };
  const sent: Hex[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const call = JSON.parse(body) as Call;
    const reply = (result: unknown) =>
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ jsonrpc: '2.0', id: call.id, result }));
    const [first, second] = call.params ?? [];
    if (call.method === 'eth_call') {
      const { to, data } = first as { to: Hex; data: Hex };
      if (/^0x02(00){18}..$/.test(to)) {
        const role = chain.role(to, `0x${data.slice(-40)}`);
        return reply(`0x${role.toString(16).padStart(64, '0')}`);
      }
    }
    const raw = call.method === 'eth_sendRawTransaction';
    const number = sent.length + 1;
    if (raw && !chain.onSend(number, 'before')) return response.destroy();
    const answer = await ask(body);
    if (raw) {
      sent.push(first as Hex);
      if (!chain.onSend(number, 'after')) return response.destroy();
    }
    if (call.method === 'eth_getBlockByNumber' && first === '0x0' && second === false) {
      return reply({ ...JSON.parse(answer).result, hash: chain.genesisHash });
    }
    response.setHeader('content-type', 'application/json').end(answer);
  });
  const chain: AnvilChain = {
    url: '',
    sent,
    ...answers,
    onSend: () => true,
    call: (method, params) => anvil.call(method, params),
    stop() {
      server.close();
      server.closeAllConnections();
      anvil.stop();
    },
  };
  return Object.assign(chain, { url: `http://127.0.0.1:${await listen(server)}` });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
