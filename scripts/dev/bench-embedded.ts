// Sends the same transfers one by one over JSON-RPC to the embedded chain, in a process of its own, and to anvil:
// node --no-warnings --loader ts-node/esm scripts/dev/bench-embedded.ts [transactions] [rounds]
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKeyToAccount } from 'viem/accounts';
import { testGenesis, testKeys } from '../../subnet/embedded/test-genesis.js';
import { packageRoot } from '../package-root.js';

const count = Number(process.argv[2] ?? 1000);
const rounds = Number(process.argv[3] ?? 3);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

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

async function ready(port: number): Promise<void> {
  for (;;) {
    try {
      await ask(port, 'eth_chainId', []);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function rate(port: number, raws: readonly string[]): Promise<number> {
  const start = process.hrtime.bigint();
  let last: unknown;
  for (const raw of raws) last = await ask(port, 'eth_sendRawTransaction', [raw]);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const receipt = (await ask(port, 'eth_getTransactionReceipt', [last])) as { status: string };
  if (receipt?.status !== '0x1') process.exitCode = 1;
  return raws.length / seconds;
}

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
const folder = mkdtempSync(join(tmpdir(), 'masa-bench-'));
const genesis = join(folder, 'genesis.json');
writeFileSync(genesis, testGenesis());
const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
const anvilBinary = createRequire(import.meta.url).resolve(
  `@foundry-rs/anvil-${process.platform}-${architecture}/bin/anvil`,
);
const cli = join(packageRoot(), 'dist/scripts/cli.js');
const start = (program: string, argv: string[]): ChildProcess =>
  spawn(program, argv, { stdio: 'ignore' });
const anvilPort = 19_545;
const ownPort = 19_546;
const anvil = start(anvilBinary, ['--port', String(anvilPort), '--chain-id', '4242', '--silent']);
const own = start(process.execPath, [
  cli,
  'subnet',
  'up',
  '--genesis',
  genesis,
  '--port',
  String(ownPort),
]);
try {
  await Promise.all([ready(anvilPort), ready(ownPort)]);
  for (let round = 0; round < rounds; round += 1) {
    const part = raws.slice(round * count, (round + 1) * count);
    const theirs = await rate(anvilPort, part);
    const ours = await rate(ownPort, part);
    process.stdout.write(
      `round ${round + 1}: embedded ${ours.toFixed(0)}/s, anvil ${theirs.toFixed(0)}/s, ratio ${(ours / theirs).toFixed(2)}\n`,
    );
  }
} finally {
  anvil.kill('SIGTERM');
  own.kill('SIGTERM');
  agent.destroy();
  rmSync(folder, { recursive: true, force: true });
}
