import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { startEmbedded } from '../../../subnet/embedded/start-embedded.js';
import { packageRoot } from '../../package-root.js';

export interface FaultWorld {
  /** The file or address that `@name` stands for; other words stay what they are. */
  find(word: string): string;
  stop(): Promise<void>;
}

type Masa = (argv: readonly string[]) => Promise<unknown>;

const huge = 100_000_000;
const scenario = `id: mine
label: Mine
what: A test.
interventions:
  - { day: 1, path: buyers.launchDemandUsdPerMonth, factor: 0.5 }
`;

/**
 * Makes good and bad files of every kind in a folder, a chain, and servers that answer as chains should not.
 *
 * @param masa Runs a command of the toolkit; it must succeed.
 */
export async function makeFaultWorld(folder: string, masa: Masa): Promise<FaultWorld> {
  const at = (name: string) => join(folder, name);
  const write = (name: string, bytes: string | Uint8Array) => writeFileSync(at(name), bytes);
  const plan = readFileSync(join(packageRoot(), 'genesis/plans/neutral.yaml'), 'utf8');
  mkdirSync(at('folder'));
  symlinkSync('circle', at('circle'));
  write('empty', '');
  write('words', 'Only words, and nothing else.\n');
  write(
    'binary',
    Uint8Array.from({ length: 4096 }, (_, index) => (index * 167 + 13) % 256),
  );
  write('huge', '');
  truncateSync(at('huge'), huge);
  write('deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`);

  write('plan', plan);
  write('unknown-key', plan.replace('supply:', 'suply:'));
  write('wrong-type', plan.replace(/supply: .*/, 'supply: [1]'));
  write('duplicate-key', `${plan}\ntoken: { name: Twice }\n`);
  write('two-documents', `${plan}\n---\n${plan}`);
  write('unknown-tag', plan.replace(/supply: .*/, "supply: !!js/function 'x'"));
  write('a-list', '- 1\n- 2\n');
  const lines = Array.from({ length: 12 }, (_, n) => {
    const before = n === 0 ? '"x"' : `*a${n - 1}`;
    return `a${n}: &a${n} [${Array(10).fill(before).join(', ')}]`;
  });
  write('alias-bomb', `${lines.join('\n')}\n`);

  write('scenario', scenario);
  write('upgrade', '{"precompileUpgrades":[]}');
  write('key', `0x${'11'.repeat(32)}\n`);
  chmodSync(at('key'), 0o600);
  await masa(['genesis', 'build', '--out', at('genesis')]);
  const chain = await startEmbedded({ genesis: readFileSync(at('genesis'), 'utf8'), port: 0 });
  await masa(['deploy', 'run', '--rpc', chain.url, '--out', at('deployment')]);
  cpSync(at('deployment/deployment.json'), at('manifest'));
  cpSync(at('deployment/genesis.json'), at('genesis.json'));
  const size = ['--days', '2', '--scale', '100000', '--runs', '2', '--workers', '1'];
  await masa(['sim', 'run', ...size, '--scenario', at('scenario'), '--out', at('study')]);
  await masa(['report', 'build', '--out', at('report')]);

  for (const kind of ['plan', 'genesis', 'upgrade', 'scenario', 'manifest', 'key']) {
    const bytes = readFileSync(at(kind));
    write(`torn-${kind}`, bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    write(`latin-${kind}`, Buffer.concat([bytes, Buffer.from('\n# caf\u00e9', 'latin1')]));
    write(`utf16-${kind}`, Buffer.from(`\ufeff${bytes}`, 'utf16le'));
    for (const bad of ['torn', 'latin', 'utf16']) chmodSync(at(`${bad}-${kind}`), 0o600);
  }
  for (const name of ['empty', 'words', 'binary', 'huge', 'deep']) chmodSync(at(name), 0o600);
  const study = readFileSync(at('study/study.json'));
  for (const [name, bytes] of [
    ['study-empty', ''],
    ['study-torn', study.subarray(0, study.length / 2)],
    ['study-binary', readFileSync(at('binary'))],
    ['study-other', '{"name":"other"}'],
  ] as const) {
    cpSync(at('study'), at(name), { recursive: true });
    write(`${name}/study.json`, bytes);
  }
  mkdirSync(at('study-folder/study.json'), { recursive: true });
  mkdirSync(at('data-foreign'));
  write('data-foreign/blocks.log', 'MASABLK1'.padEnd(40, 'x'));
  mkdirSync(at('data-damaged'));
  write('data-damaged/blocks.log', readFileSync(at('binary')));

  const servers = await startBadServers(chain.url);
  return {
    find(word) {
      const [, sign, name] = /^(@)(.*)$/.exec(word) ?? [];
      if (sign === undefined || name === undefined) return word;
      const server = servers.get(name.replace(/^rpc-/, ''));
      if (server !== undefined) return server.url;
      const file = at(name.replace(/\/(?:below|x|out)$/, ''));
      if (existsSync(file) || name === 'circle') return at(name);
      throw new ToolkitError({ code: 'FAULT_WORLD', message: `There is no ${word}.` });
    },
    async stop() {
      for (const { server } of servers.values()) {
        server.closeAllConnections();
        server.close();
      }
      await chain.stop();
    },
  };
}

type Call = { readonly id: unknown; readonly method: string; readonly params: readonly unknown[] };

/** Answers of servers that are no chain, or another one. */
function badAnswers(
  chain: string,
): Readonly<Record<string, (call: Call, response: ServerResponse) => unknown>> {
  const answer = (response: ServerResponse, id: unknown, part: object) =>
    response.end(JSON.stringify({ jsonrpc: '2.0', id, ...part }));
  const forward = async (call: Call) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...call });
    const reply = await fetch(chain, { method: 'POST', body });
    return (await reply.json()) as { result: unknown };
  };
  return {
    good: async (call, response) => response.end(JSON.stringify(await forward(call))),
    hangs: () => undefined,
    drops: (_, response) => response.socket?.destroy(),
    html: (_, response) => response.end('<html><body>Sign in to the network</body></html>'),
    500: (_, response) => response.writeHead(500).end('internal error'),
    torn: (_, response) => response.end('{"jsonrpc":"2.0","id":1,"resu'),
    null: ({ id }, response) => answer(response, id, { result: null }),
    error: ({ id }, response) =>
      answer(response, id, { error: { code: -32000, message: 'not today' } }),
    'other-id': async (call, response) =>
      call.method === 'eth_chainId'
        ? answer(response, call.id, { result: '0x1' })
        : response.end(JSON.stringify(await forward(call))),
    'other-genesis': async (call, response) => {
      const { result } = await forward(call);
      const block = result as { number?: string } | null;
      const changed =
        call.method === 'eth_getBlockByNumber' && block?.number === '0x0'
          ? { ...block, hash: `0x${'ab'.repeat(32)}` }
          : result;
      answer(response, call.id, { result: changed });
    },
  };
}

async function startBadServers(chain: string) {
  const servers = new Map<string, { server: Server; url: string }>();
  for (const [name, reply] of Object.entries(badAnswers(chain))) {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => reply(JSON.parse(Buffer.concat(chunks).toString()), response));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    servers.set(name, {
      server,
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
  }
  return servers;
}
