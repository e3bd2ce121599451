// Two measurements of the compiled `masa subnet up` (run `npm run build` before):
// node --no-warnings --loader ts-node/esm scripts/dev/bench-embedded.ts [transactions] [rounds]
//   the same transfers one by one over JSON-RPC to the embedded chain, in a process of its own, and to anvil;
// node --no-warnings --loader ts-node/esm scripts/dev/bench-embedded.ts starts [count]
//   from spawning the process to its first answer, with a new home each time and with one that is used again.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKeyToAccount } from 'viem/accounts';
import { testGenesis, testKeys } from '../../subnet/embedded/test-genesis.js';
import { packageRoot } from '../package-root.js';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const folder = mkdtempSync(join(tmpdir(), 'masa-bench-'));
const cli = join(packageRoot(), 'dist/scripts/cli.js');
const anvilPort = 19_545;
const ownPort = 19_546;
/** Transactions that go to one chain before the other has its turn, so that other work on the machine meets both alike. */
const slice = 50;

function ask(port: number, method: string, params: unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const sent = request({ port, host: '127.0.0.1', method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => {
        const { result, error } = JSON.parse(text);
        if (error === undefined) resolve(result);
        else reject(error);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function ready(port: number, pause: number): Promise<void> {
  for (;;) {
    try {
      await ask(port, 'eth_chainId', []);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function start(program: string, argv: string[], home?: string): ChildProcess {
  const env = { ...process.env, ...(home !== undefined && { MASA_HOME: home }) };
  return spawn(program, argv, { stdio: 'ignore', env });
}

async function end(process: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => process.once('exit', resolve));
  process.kill('SIGTERM');
  await gone;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

/** Sends transactions one after the other. @returns Seconds that it took. */
async function send(port: number, raws: readonly string[]): Promise<number> {
  const begin = process.hrtime.bigint();
  let last: unknown;
  for (const raw of raws) last = await ask(port, 'eth_sendRawTransaction', [raw]);
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  // Anvil answers before it mines; what it still has to do must not fall into the other's time.
  for (let tries = 0; tries < 5000; tries += 1) {
    const receipt = await ask(port, 'eth_getTransactionReceipt', [last]);
    if ((receipt as { status: string } | null)?.status === '0x1') return seconds;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new RangeError(`${String(last)} was not mined on port ${port}`);
}

async function compareRates(count: number, rounds: number): Promise<void> {
  const account = privateKeyToAccount(testKeys[0]);
  const to = privateKeyToAccount(testKeys[1]).address;
  const raws = await Promise.all(
    Array.from({ length: count * rounds }, (_, nonce) =>
      account.signTransaction({
        type: 'eip1559',
        chainId: 4242,
        nonce,
        to,
        value: 1n,
        gas: 21_000n,
        maxFeePerGas: 10n ** 12n,
        maxPriorityFeePerGas: 1n,
      }),
    ),
  );
  const genesis = join(folder, 'genesis.json');
  writeFileSync(genesis, testGenesis());
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const anvilBinary = createRequire(import.meta.url).resolve(
    `@foundry-rs/anvil-${process.platform}-${architecture}/bin/anvil`,
  );
  const up = ['subnet', 'up', '--genesis', genesis, '--port', String(ownPort)];
  const chains = [
    start(anvilBinary, ['--port', String(anvilPort), '--chain-id', '4242', '--silent']),
    start(process.execPath, [cli, ...up], folder),
  ];
  const ratios: number[] = [];
  try {
    await Promise.all([ready(anvilPort, 20), ready(ownPort, 20)]);
    for (let round = 0; round < rounds; round += 1) {
      let [theirs, ours] = [0, 0];
      for (let at = round * count; at < (round + 1) * count; at += slice) {
        const part = raws.slice(at, Math.min(at + slice, (round + 1) * count));
        theirs += await send(anvilPort, part);
        ours += await send(ownPort, part);
      }
      ratios.push(theirs / ours);
      process.stdout.write(
        `round ${round + 1}: embedded ${(count / ours).toFixed(0)}/s, anvil ${(count / theirs).toFixed(0)}/s, ratio ${ratios.at(-1)!.toFixed(2)}\n`,
      );
    }
    process.stdout.write(`median ratio of ${rounds} rounds: ${median(ratios).toFixed(2)}\n`);
  } finally {
    for (const chain of chains) await end(chain);
  }
}

async function measureStarts(count: number): Promise<void> {
  for (const kind of ['new home', 'used home'] as const) {
    const times: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const home = join(folder, kind === 'new home' ? `home-${index}` : 'home');
      mkdirSync(home, { recursive: true });
      const begin = process.hrtime.bigint();
      const chain = start(process.execPath, [cli, 'subnet', 'up', '--port', String(ownPort)], home);
      await ready(ownPort, 5);
      times.push(Number(process.hrtime.bigint() - begin) / 1e6);
      await end(chain);
    }
    process.stdout.write(
      `${kind}: first answer after ${median(times).toFixed(0)} ms, worst of ${count} ${Math.max(...times).toFixed(0)} ms\n`,
    );
  }
}

const [first, second] = process.argv.slice(2);
try {
  if (first === 'starts') await measureStarts(Number(second ?? 10));
  else await compareRates(Number(first ?? 1000), Number(second ?? 7));
} finally {
  agent.destroy();
  rmSync(folder, { recursive: true, force: true });
}
