import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicClient, createWalletClient, http, keccak256 } from 'viem';
import { generatePrivateKey, mnemonicToAccount, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { masaStaking } from '../../../contracts/generated/index.js';
import { parseDeploymentManifest } from '../../../genesis/audit/deployment-manifest.js';
import { compileGenesis } from '../../../genesis/compile/compile-genesis.js';
import { resolvePlan } from '../../../genesis/plan/resolve-plan.js';
import type { ResolvedPlan } from '../../../genesis/plan/resolved-plan.js';
import { type AnvilChain, startAnvilChain } from '../../../subnet/deploy/anvil-chain.js';
import { runMasa, planText as text } from './deploy-test-chain.js';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'masa deploy '));
const masa = resolvePlan({ text, file: 'masa.yaml' });
const deployer = masa.accounts.deployer!;
const reserve = masa.staking!.reserveAddress;
const chains: AnvilChain[] = [];
let chain: AnvilChain;
let out: string;
let outs = 0;
let fresh: unknown;

afterAll(() => {
  for (const each of chains) each.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function startChain(plan: ResolvedPlan): Promise<AnvilChain> {
  const compiled = await compileGenesis(plan);
  const file = join(folder, `${compiled.blockHash}.json`);
  writeFileSync(file, compiled.json);
  const timelock = plan.predeploys.timelock!.address.toLowerCase();
  const started = await startAnvilChain(file, {
    genesisHash: compiled.blockHash,
    role: (_, account) => (account === timelock ? 2 : 0),
  });
  chains.push(started);
  return started;
}

async function deploy(verb: string, ...argv: string[]) {
  const rpc = argv.includes('--rpc') ? [] : ['--rpc', chain.url];
  const all = ['deploy', verb, ...rpc, '--out', out, '--json', ...argv];
  const { exitCode, output, errors } = await runMasa(...all);
  expect(errors).toBe('');
  return { exitCode, json: JSON.parse(output) };
}
const clientOf = (to: AnvilChain) => createPublicClient({ transport: http(to.url), cacheTime: 0 });
/** Mined transactions of both senders. */
const nonces = async () =>
  Promise.all(
    [deployer, reserve].map((address) => clientOf(chain).getTransactionCount({ address })),
  );
const readFiles = () =>
  Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]));

describe('masa deploy', () => {
  beforeAll(async () => {
    chain = await startChain(masa);
    fresh = await chain.call('evm_snapshot');
  });
  beforeEach(async () => {
    await chain.call('evm_revert', [fresh]);
    fresh = await chain.call('evm_snapshot');
    chain.sent.length = 0;
    chain.onSend = () => true;
    outs += 1;
    out = join(folder, `deployment ${outs}`);
  });

  it('deploys, funds, writes the manifest; the second run sends nothing and changes no byte', async () => {
    const { exitCode, json } = await deploy('run');
    expect({ exitCode, sent: json.sent }).toEqual({ exitCode: 0, sent: 3 });
    const files = readFiles();
    expect(Object.keys(files).sort()).toEqual([
      'deployment.journal',
      'deployment.json',
      'genesis.json',
    ]);
    const manifest = parseDeploymentManifest(files['deployment.json']!, 'deployment.json');
    const client = clientOf(chain);
    for (const { name, address, runtimeCodeHash } of manifest.contracts) {
      const code = await client.getCode({ address: address as `0x${string}` });
      expect(keccak256(code!), name).toBe(runtimeCodeHash);
    }
    for (const { step, hash, blockNumber, gasUsed } of manifest.transactions) {
      const receipt = await client.getTransactionReceipt({ hash: hash as `0x${string}` });
      expect(receipt.status, step).toBe('success');
      expect([Number(receipt.blockNumber), Number(receipt.gasUsed)]).toEqual([
        blockNumber,
        gasUsed,
      ]);
    }
    expect(manifest.genesisFileHash).toBe(
      `0x${createHash('sha256').update(files['genesis.json']!).digest('hex')}`,
    );
    expect(manifest.rolelessAccounts).toEqual([deployer]);

    const again = await deploy('run');
    expect({ exitCode: again.exitCode, sent: again.json.sent }).toEqual({ exitCode: 0, sent: 0 });
    expect(readFiles()).toEqual(files);
    expect(chain.sent).toHaveLength(3);
    expect((await deploy('resume')).json.sent).toBe(0);
  });

  it('does not pay again after users have staked and the payer has spent the rest', async () => {
    const { json } = await deploy('run');
    const { address } = json.contracts.find(({ name }: { name: string }) => name === 'MasaStaking');
    const user = mnemonicToAccount('test test test test test test test test test test test junk', {
      addressIndex: 1,
    });
    const wallet = createWalletClient({ account: user, transport: http(chain.url) });
    const hash = await wallet.writeContract({
      chain: null,
      address,
      abi: masaStaking.abi,
      functionName: 'stake',
      args: [9],
      value: 10n ** 21n,
    });
    const client = clientOf(chain);
    const receipt = await client.waitForTransactionReceipt({ hash, pollingInterval: 20 });
    expect(receipt.status).toBe('success');
    const pool = await client.readContract({
      address,
      abi: masaStaking.abi,
      functionName: 'rewardPool',
    });
    expect(pool).toBeLessThan(masa.staking!.reserve);
    await chain.call('anvil_setBalance', [reserve, '0x0']);
    expect((await deploy('run')).json.sent).toBe(0);
  });

  it('finds everything on the chain when journal and manifest are lost', async () => {
    await deploy('run');
    rmSync(out, { recursive: true });
    const { exitCode, json } = await deploy('run');
    expect({ exitCode, sent: json.sent }).toEqual({ exitCode: 0, sent: 0 });
    expect(json.steps.every(({ hash }: { hash?: string }) => hash === undefined)).toBe(true);
  });

  it('keeps the transactions of the manifest when only the journal is lost', async () => {
    await deploy('run');
    const manifest = readFiles()['deployment.json'];
    rmSync(join(out, 'deployment.journal'));
    expect((await deploy('run')).json.sent).toBe(0);
    expect(readFiles()['deployment.json']).toBe(manifest);
  });

  it('deploys again on a chain that was started anew, with the old journal', async () => {
    await deploy('run');
    await chain.call('evm_revert', [fresh]);
    fresh = await chain.call('evm_snapshot');
    expect((await deploy('run')).json.sent).toBe(3);
  });

  it.each([
    [2, 'before'],
    [3, 'after'],
  ] as const)(
    'kill -9 at transaction %i, %s it reaches the chain: the next run ends it',
    async (at, moment) => {
      let child: ChildProcess | undefined;
      let gone: Promise<unknown> = Promise.resolve();
      chain.onSend = (number, now) => {
        if (number !== at || now !== moment) return true;
        child!.kill('SIGKILL');
        // Before: the transaction never arrives.
        return false;
      };
      child = spawn(
        process.execPath,
        ['--no-warnings', '--loader', 'ts-node/esm', 'scripts/cli.ts', 'deploy', 'run'].concat(
          '--rpc',
          chain.url,
          '--out',
          out,
        ),
        { cwd: root, stdio: 'ignore' },
      );
      gone = new Promise((resolve) => child!.on('exit', (_, signal) => resolve(signal)));
      expect(await gone).toBe('SIGKILL');
      expect(existsSync(join(out, 'deployment.json'))).toBe(false);
      expect(existsSync(join(out, 'deployment.journal'))).toBe(true);
      chain.onSend = () => true;

      const status = await deploy('status');
      expect(status.json).toMatchObject({ finished: false, manifest: false });
      expect(status.json.steps[at - 1].journal).toBe('intended');

      const { exitCode, json } = await deploy('resume');
      expect(exitCode).toBe(0);
      expect(await nonces()).toEqual([2, 1]);
      expect(new Set(chain.sent).size).toBe(3);
      // The interrupted run may have signed; what it signed is what was mined.
      expect(json.steps.map(({ hash }: { hash: string }) => hash).sort()).toEqual(
        [...new Set(chain.sent)].map((raw) => keccak256(raw)).sort(),
      );
      expect((await deploy('run')).json.sent).toBe(0);
    },
  );

  it('writes no manifest while the deployer holds a role', async () => {
    const role = chain.role;
    chain.role = (precompile, account) =>
      account === deployer.toLowerCase() && /03$/.test(precompile) ? 3 : role(precompile, account);
    const { exitCode, json } = await deploy('run');
    chain.role = role;
    expect(exitCode).toBe(1);
    expect(json.error).toMatchObject({ code: 'DEPLOY_ROLE_LEFT', where: deployer });
    expect(json.error.message).toContain('manager of feeManager');
    expect(existsSync(join(out, 'deployment.json'))).toBe(false);
    expect((await deploy('run')).json.sent).toBe(0);
    expect(existsSync(join(out, 'deployment.json'))).toBe(true);
  });

  it('sends nothing at all when the reserve account has spent of the reserve', async () => {
    await chain.call('anvil_setBalance', [reserve, '0x1']);
    const { exitCode, json } = await deploy('run');
    expect(exitCode).toBe(1);
    expect(json.error).toMatchObject({ code: 'DEPLOY_UNFUNDED', where: reserve });
    expect(chain.sent).toEqual([]);
    await chain.call('anvil_setBalance', [reserve, `0x${masa.staking!.reserve.toString(16)}`]);
    expect((await deploy('resume')).json.sent).toBe(3);
  });

  it('refuses a chain whose contracts of block 0 are others, before it sends anything', async () => {
    await chain.call('anvil_setCode', [masa.predeploys.create2Factory!.address, '0x']);
    const { json } = await deploy('run');
    expect(json.error).toMatchObject({ code: 'DEPLOY_FOREIGN_CODE' });
    expect(chain.sent).toEqual([]);
  });

  it('leaves no draft when the manifest cannot be written, and no transaction is sent again', async () => {
    mkdirSync(join(out, 'deployment.json'), { recursive: true });
    const failed = await deploy('run');
    expect(failed.exitCode).toBe(1);
    expect(failed.json.error.code).toBe('DEPLOY_WRITE_FAILED');
    expect(readdirSync(out).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    rmSync(join(out, 'deployment.json'), { recursive: true });
    expect((await deploy('run')).json.sent).toBe(0);
  });
});

it('takes keys from files for a plan that is not local', async () => {
  const keys = [generatePrivateKey(), generatePrivateKey()] as const;
  const [own, rewards] = keys.map((key) => privateKeyToAccount(key).address);
  const sets = [`accounts.deployer="${own}"`, `accounts.staking-rewards="${rewards}"`];
  const plan = resolvePlan({ text, file: 'masa.yaml', overlays: ['testnet'], sets });
  chain = await startChain(plan);
  out = join(folder, 'own keys');
  const files = keys.map((key, index) => {
    const file = join(folder, `key ${index}`);
    writeFileSync(file, `${index === 0 ? key : key.slice(2)}\n`, { mode: 0o600 });
    return file;
  });
  const options = ['--overlay', 'testnet', ...sets.flatMap((set) => ['--set', set])];
  const without = await deploy('run', ...options, '--key-file', files[0]!);
  expect(without.exitCode).toBe(2);
  expect(without.json.error).toMatchObject({ code: 'DEPLOY_NO_SIGNER', where: rewards });
  expect(chain.sent).toEqual([]);
  const done = await deploy('run', ...options, ...files.flatMap((file) => ['--key-file', file]));
  expect({ exitCode: done.exitCode, sent: done.json.sent }).toEqual({ exitCode: 0, sent: 3 });
  for (const key of keys) {
    for (const content of Object.values(readFiles())) expect(content).not.toContain(key.slice(2));
  }
});

it('sends nothing for a plan whose contracts all stand in block 0, and still writes a manifest', async () => {
  const neutral = readFileSync(join(root, 'genesis/plans/neutral.yaml'), 'utf8');
  chain = await startChain(resolvePlan({ text: neutral, file: 'neutral.yaml' }));
  out = join(folder, 'neutral');
  const { exitCode, json } = await deploy('run', '--plan', 'neutral');
  expect({ exitCode, sent: json.sent }).toEqual({ exitCode: 0, sent: 0 });
  const manifest = parseDeploymentManifest(readFiles()['deployment.json']!, 'deployment.json');
  expect(manifest.transactions).toEqual([]);
  expect(manifest.contracts.every(({ kind }) => kind === 'predeploy')).toBe(true);
  expect((await deploy('status', '--plan', 'neutral')).json.finished).toBe(true);
});
