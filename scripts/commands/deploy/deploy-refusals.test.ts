import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatePrivateKey } from 'viem/accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compileGenesis } from '../../../genesis/compile/compile-genesis.js';
import { resolvePlan } from '../../../genesis/plan/resolve-plan.js';
import { connectRpc } from '../../../subnet/clients/connect-rpc.js';
import { type FaultDoor, openFaultDoor } from '../../../subnet/deploy/fault-door.js';
import { type RunningEmbedded, startEmbedded } from '../../../subnet/embedded/start-embedded.js';
import { acquireLock } from '../../../subnet/journal/acquire-lock.js';
import { main } from '../../main.js';

const root = join(import.meta.dirname, '../../..');
const text = readFileSync(join(root, 'genesis/plans/masa.yaml'), 'utf8');
const plan = resolvePlan({ text, file: 'masa.yaml' });
const folder = mkdtempSync(join(tmpdir(), 'masa refuses '));
let chain: RunningEmbedded;
let door: FaultDoor;
let call: ReturnType<typeof connectRpc>;
let fresh: unknown;
let out: string;
let outs = 0;

beforeAll(async () => {
  chain = await startEmbedded({ genesis: (await compileGenesis(plan)).json, port: 0 });
  door = await openFaultDoor(chain.url);
  call = connectRpc(chain.url);
  fresh = await call('evm_snapshot', []);
});
beforeEach(async () => {
  door.fault = () => undefined;
  door.after = async () => {};
  door.revive();
  door.sent.length = 0;
  await call('evm_revert', [fresh]);
  fresh = await call('evm_snapshot', []);
  outs += 1;
  out = join(folder, `deployment ${outs}`);
});
afterAll(async () => {
  door.stop();
  await chain.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function masaCommand(...argv: string[]) {
  const printed: string[] = [];
  const errors: string[] = [];
  const exitCode = await main(argv, {
    print: (line) => printed.push(line),
    printError: (line) => errors.push(line),
    version: '0',
    signal: new AbortController().signal,
  });
  return { exitCode, output: printed.join('\n'), errors: errors.join('\n') };
}
async function deploy(verb: string, ...argv: string[]) {
  const rpc = argv.includes('--rpc') ? [] : ['--rpc', door.url];
  const all = ['deploy', verb, ...rpc, '--out', out, '--json', ...argv];
  const { exitCode, output, errors } = await masaCommand(...all);
  expect(errors).toBe('');
  return { exitCode, json: JSON.parse(output) };
}
const journalFile = () => join(out, 'deployment.journal');

describe('masa deploy run --dry-run', () => {
  it('says what would be sent and what it costs, without keys, and sends and writes nothing', async () => {
    const { exitCode, json } = await deploy('run', '--dry-run');
    expect(exitCode).toBe(0);
    expect(json.steps.map(({ step }: { step: string }) => step)).toEqual([
      'create:MasaStaking',
      'gas:staking-rewards',
      'fund:MasaStaking',
    ]);
    expect(json.steps[0]).toMatchObject({ gasFrom: 'node', done: false });
    // A node looks for gas that is enough, which is a little more than is used.
    expect(Number(json.steps[0].gas) / 1_308_845).toBeCloseTo(1.01, 1);
    expect(json.steps[2]).toMatchObject({ gasFrom: 'typical' });
    expect(BigInt(json.cost)).toBe(BigInt(json.gas) * BigInt(json.feePerGas));
    // The deployer needs the gas of its two steps and what it gives the reserve account.
    const [create, give] = json.steps;
    expect(json.accounts[0]).toMatchObject({
      address: plan.accounts.deployer,
      missing: '0',
      needed: String(BigInt(create.cost) + BigInt(give.cost) + BigInt(give.value)),
    });
    expect(existsSync(out)).toBe(false);
    expect(door.sent).toEqual([]);

    const text = await masaCommand('deploy', 'run', '--dry-run', '--rpc', door.url, '--out', out);
    expect(text.output).toContain('create:MasaStaking');
    expect(text.output).toContain('nothing was sent');
    // What was said is what happens.
    const done = await deploy('run');
    expect(done.json.steps[0].gasUsed).toBe(1_308_845);
    expect(done.json.contracts).toEqual(json.contracts);
    const after = await deploy('run', '--dry-run');
    expect(after.json).toMatchObject({ gas: '0', cost: '0', funded: true });
  });

  it('fails when an account has too little, naming what is missing', async () => {
    await call('anvil_setBalance', [plan.accounts.deployer, '0x10']);
    const { exitCode, json } = await deploy('run', '--dry-run');
    expect({ exitCode, funded: json.funded }).toEqual({ exitCode: 1, funded: false });
    const [account] = json.accounts;
    expect(BigInt(account.missing)).toBe(BigInt(account.needed) - 16n);
  });
});

describe('masa deploy status', () => {
  it('shows the steps with confirmations and progress, also while the chain is down', async () => {
    expect((await deploy('status')).json.error.code).toBe('DEPLOY_NOTHING_THERE');
    expect((await deploy('resume')).json.error.code).toBe('DEPLOY_NOTHING_THERE');
    expect(existsSync(out)).toBe(false);
    await deploy('run');
    const { exitCode, json } = await deploy('status');
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ finished: true, manifest: true, done: 3, total: 3, head: 3 });
    expect(json.steps.map((step: { chain: string }) => step.chain)).toEqual(Array(3).fill('done'));
    expect(json.steps.map((step: { confirmations: number }) => step.confirmations)).toEqual([
      ...[3, 2, 1],
    ]);
    const down = await deploy('status', '--rpc', 'http://127.0.0.1:1');
    expect(down.exitCode).toBe(3);
    expect(down.json.steps[0]).toMatchObject({ journal: 'confirmed', chain: 'unknown' });
  });

  it('shows what is open and about how long it takes', async () => {
    door.fault = (method) =>
      method === 'eth_sendRawTransaction' && door.sent.length === 1 ? 'down' : undefined;
    await deploy('run');
    door.fault = () => undefined;
    door.revive();
    const { json } = await deploy('status');
    expect(json).toMatchObject({ finished: false, done: 1, total: 3 });
    expect(json.secondsLeft).toBeGreaterThanOrEqual(0);
    expect(json.steps.map((step: { journal: string }) => step.journal)).toEqual([
      ...['confirmed', 'intended', 'not begun'],
    ]);
    const text = await masaCommand('deploy', 'status', '--rpc', door.url, '--out', out);
    expect(text.output).toMatch(/progress {2}1 of 3 steps, about \d+ s left/);
    expect((await deploy('resume')).exitCode).toBe(0);
  });
});

describe('masa deploy run refuses', () => {
  it.each<[string, string, number, readonly string[]]>([
    ['a dead chain', 'RPC_UNREACHABLE', 3, ['--rpc', 'http://127.0.0.1:1']],
    ['no address', 'RPC_URL_INVALID', 2, ['--rpc', '127.0.0.1:8545']],
    ['another plan', 'DEPLOY_WRONG_GENESIS', 2, ['--set', 'chain.timestamp=1712793601']],
    ['another chain id', 'DEPLOY_WRONG_CHAIN_ID', 2, ['--overlay', 'none']],
    ['an unknown plan', 'PLAN_NOT_FOUND', 2, ['--plan', 'mesa']],
    ['no key file', 'KEY_FILE_UNREADABLE', 2, ['--key-file', 'nowhere']],
    ['a fee that is no number', 'DEPLOY_BAD_FEE', 2, ['--max-fee', 'much']],
    ['a fee of nothing', 'DEPLOY_BAD_FEE', 2, ['--max-fee', '0.0']],
    ['a fee in too many places', 'DEPLOY_BAD_FEE', 2, ['--max-fee', '1.0000000001']],
  ])('%s with %s (exit %i) and writes nothing', async (_, code, exit, argv) => {
    const { exitCode, json } = await deploy('run', ...argv);
    expect({ exitCode, code: json.error.code }).toEqual({ exitCode: exit, code });
    expect(json.error.next).toBeTruthy();
    expect(json.error.where).toBeTruthy();
    expect(existsSync(out)).toBe(false);
    expect(door.sent).toEqual([]);
  });

  it.each<[string, string, number, string]>([
    ['KEY_FILE_OPEN', generatePrivateKey(), 0o644, 'readable by all'],
    ['KEY_FILE_OPEN', generatePrivateKey(), 0o640, 'readable by the group'],
    ['KEY_FILE_INVALID', 'secret words', 0o600, 'no number'],
    ['KEY_FILE_INVALID', '', 0o600, 'empty'],
    ['KEY_FILE_INVALID', `0x${'0'.repeat(64)}`, 0o600, 'zero'],
    ['KEY_FILE_INVALID', `${generatePrivateKey()}\n`.repeat(9), 0o600, 'many keys'],
  ])('a key file with %s and does not repeat it (%#)', async (code, content, mode, name) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    chmodSync(file, mode);
    const all = ['deploy', 'run', '--rpc', door.url, '--out', out, '--key-file', file];
    const { exitCode, errors } = await masaCommand(...all, '--verbose');
    expect(exitCode).toBe(2);
    expect(errors).toContain(code);
    if (content !== '') expect(errors).not.toContain(content.trim());
    expect(existsSync(out)).toBe(false);
  });

  it('the key of somebody who is not the deployer', async () => {
    const file = join(folder, 'other key');
    writeFileSync(file, generatePrivateKey(), { mode: 0o600 });
    const other = `accounts.deployer="0x${'d'.repeat(40)}"`;
    const elsewhere = resolvePlan({ text, file: 'masa.yaml', sets: [other] });
    const started = await startEmbedded({
      genesis: (await compileGenesis(elsewhere)).json,
      port: 0,
    });
    try {
      const argv = ['--rpc', started.url, '--set', other, '--key-file', file];
      const { exitCode, json } = await deploy('run', ...argv);
      expect(exitCode).toBe(2);
      expect(json.error).toMatchObject({
        code: 'DEPLOY_NO_SIGNER',
        where: elsewhere.accounts.deployer,
        allowed: expect.stringContaining('keys were given for'),
      });
      expect(existsSync(out)).toBe(false);
    } finally {
      await started.stop();
    }
  });

  it('to begin with too little money', async () => {
    await call('anvil_setBalance', [plan.accounts.deployer, '0xffff']);
    const { exitCode, json } = await deploy('run');
    expect(exitCode).toBe(1);
    expect(json.error).toMatchObject({
      code: 'DEPLOY_UNFUNDED',
      where: plan.accounts.deployer,
      next: expect.stringContaining('--dry-run'),
    });
    expect(door.sent).toEqual([]);
  });

  it('a fee above --max-fee, before anything is signed', async () => {
    const { exitCode, json } = await deploy('run', '--max-fee', '24.999999999');
    expect({ exitCode, code: json.error.code }).toEqual({ exitCode: 1, code: 'DEPLOY_FEE_CAP' });
    expect(json.error.next).toContain('--max-fee');
    expect(door.sent).toEqual([]);
    const dry = await deploy('run', '--dry-run', '--max-fee', '24.999999999');
    expect(dry.exitCode).toBe(1);
    expect((await deploy('run', '--max-fee', '30')).json.sent).toBe(3);
  });

  it('to work beside another process', async () => {
    mkdirSync(out, { recursive: true });
    const lock = acquireLock(`${journalFile()}.lock`);
    const { exitCode, json } = await deploy('run');
    expect(exitCode).toBe(1);
    expect(json.error).toMatchObject({
      code: 'JOURNAL_LOCKED',
      message: expect.stringContaining(String(process.pid)),
      where: `${journalFile()}.lock`,
    });
    expect(door.sent).toEqual([]);
    lock.release();
    expect((await deploy('run')).json.sent).toBe(3);
  });

  it('the journal of another plan, and of another chain', async () => {
    await deploy('run');
    const bytes = readFileSync(journalFile());
    const sets = ['--set', 'chain.timestamp=1712793601'];
    const later = resolvePlan({ text, file: 'masa.yaml', sets: [sets[1]!] });
    const started = await startEmbedded({ genesis: (await compileGenesis(later)).json, port: 0 });
    try {
      const { exitCode, json } = await deploy('run', '--rpc', started.url, ...sets);
      expect({ exitCode, code: json.error.code }).toEqual({
        exitCode: 2,
        code: 'DEPLOY_OTHER_PLAN',
      });
      expect(json.error.where).toBe(journalFile());
    } finally {
      await started.stop();
    }
    expect(readFileSync(journalFile())).toEqual(bytes);
  });

  it('a journal that is damaged in the middle; a torn one is cut and continued', async () => {
    await deploy('run');
    const whole = readFileSync(journalFile());
    const damaged = Buffer.from(whole);
    damaged[100]! ^= 1;
    writeFileSync(journalFile(), damaged);
    const { exitCode, json } = await deploy('run');
    expect({ exitCode, code: json.error.code }).toEqual({ exitCode: 2, code: 'JOURNAL_DAMAGED' });
    expect(json.error.where).toContain('line 1');
    writeFileSync(journalFile(), whole);
    appendFileSync(journalFile(), '200 12345678 {"mess');
    expect((await deploy('status')).json.tornBytes).toBe(19);
    const again = await deploy('run');
    expect(again.json).toMatchObject({ sent: 0, tornBytes: 19 });
    expect(readFileSync(journalFile())).toEqual(whole);
  });

  it('says it when something else stands where the folder should be', async () => {
    writeFileSync(out, 'mine');
    const { exitCode, json } = await deploy('run');
    expect({ exitCode, code: json.error.code }).toEqual({
      exitCode: 2,
      code: 'JOURNAL_WRITE_FAILED',
    });
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(door.sent).toEqual([]);
    expect((await deploy('status')).json.error.code).toBe('DEPLOY_NOTHING_THERE');
  });
});

describe('an RPC that dies in the middle', () => {
  it('ends the run with exit 3; resume continues and sends nothing twice', async () => {
    let calls = 0;
    door.fault = () => {
      calls += 1;
      return undefined;
    };
    await deploy('run');
    const all = calls;
    expect(all).toBeGreaterThan(60);
    const points = [3, 41, 60];
    for (const at of points) {
      outs += 1;
      out = join(folder, `deployment ${outs}`);
      await call('evm_revert', [fresh]);
      fresh = await call('evm_snapshot', []);
      door.sent.length = 0;
      calls = 0;
      door.fault = () => {
        calls += 1;
        return calls === at ? 'down' : undefined;
      };
      const { exitCode, json } = await deploy('run');
      expect({ exitCode, code: json.error.code }, `call ${at}`).toEqual({
        exitCode: 3,
        code: 'RPC_UNREACHABLE',
      });
      expect(json.error).toMatchObject({ where: door.url });
      door.revive();
      door.fault = () => undefined;
      expect((await deploy('run')).exitCode).toBe(0);
      expect(new Set(door.sent).size).toBe(3);
      expect((await deploy('run')).json.sent).toBe(0);
    }
  });
});
