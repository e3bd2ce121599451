import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { generatePrivateKey } from 'viem/accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compileGenesis } from '../../../genesis/compile/compile-genesis.js';
import { resolvePlan } from '../../../genesis/plan/resolve-plan.js';
import { startEmbedded } from '../../../subnet/embedded/start-embedded.js';
import { acquireLock } from '../../../subnet/journal/acquire-lock.js';
import { openDeployTestChain, planText, runMasa } from './deploy-test-chain.js';

let chain: Awaited<ReturnType<typeof openDeployTestChain>>;
beforeAll(async () => {
  chain = await openDeployTestChain();
});
beforeEach(() => chain.reset());
afterAll(() => chain.stop());

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
    const { exitCode, json } = await chain.deploy('run', ...argv);
    expect({ exitCode, code: json.error.code }).toEqual({ exitCode: exit, code });
    expect(json.error.next).toBeTruthy();
    expect(json.error.where).toBeTruthy();
    expect(existsSync(chain.out)).toBe(false);
    expect(chain.door.sent).toEqual([]);
  });

  it.each<[string, string, number, string]>([
    ['KEY_FILE_OPEN', generatePrivateKey(), 0o644, 'readable by all'],
    ['KEY_FILE_OPEN', generatePrivateKey(), 0o640, 'readable by the group'],
    ['KEY_FILE_INVALID', 'secret words', 0o600, 'no number'],
    ['KEY_FILE_INVALID', '', 0o600, 'empty'],
    ['KEY_FILE_INVALID', `0x${'0'.repeat(64)}`, 0o600, 'zero'],
    ['KEY_FILE_INVALID', `${generatePrivateKey()}\n`.repeat(9), 0o600, 'many keys'],
  ])('a key file with %s and does not repeat it (%#)', async (code, content, mode, name) => {
    const file = join(chain.folder, name);
    writeFileSync(file, content);
    chmodSync(file, mode);
    const all = ['deploy', 'run', '--rpc', chain.door.url, '--out', chain.out, '--key-file', file];
    const { exitCode, errors } = await runMasa(...all, '--verbose');
    expect(exitCode).toBe(2);
    expect(errors).toContain(code);
    if (content !== '') expect(errors).not.toContain(content.trim());
    expect(existsSync(chain.out)).toBe(false);
  });

  it('the key of somebody who is not the deployer', async () => {
    const file = join(chain.folder, 'other key');
    writeFileSync(file, generatePrivateKey(), { mode: 0o600 });
    const other = `accounts.deployer="0x${'d'.repeat(40)}"`;
    const elsewhere = resolvePlan({ text: planText, file: 'masa.yaml', sets: [other] });
    const started = await startEmbedded({
      genesis: (await compileGenesis(elsewhere)).json,
      port: 0,
    });
    try {
      const argv = ['--rpc', started.url, '--set', other, '--key-file', file];
      const { exitCode, json } = await chain.deploy('run', ...argv);
      expect(exitCode).toBe(2);
      expect(json.error).toMatchObject({
        code: 'DEPLOY_NO_SIGNER',
        where: elsewhere.accounts.deployer,
        allowed: expect.stringContaining('keys were given for'),
      });
      expect(existsSync(chain.out)).toBe(false);
    } finally {
      await started.stop();
    }
  });

  it('to begin with too little money', async () => {
    await chain.call('anvil_setBalance', [chain.plan.accounts.deployer, '0xffff']);
    const { exitCode, json } = await chain.deploy('run');
    expect(exitCode).toBe(1);
    expect(json.error).toMatchObject({
      code: 'DEPLOY_UNFUNDED',
      where: chain.plan.accounts.deployer,
      next: expect.stringContaining('--dry-run'),
    });
    expect(chain.door.sent).toEqual([]);
  });

  it('a fee above --max-fee, before anything is signed', async () => {
    const { exitCode, json } = await chain.deploy('run', '--max-fee', '24.999999999');
    expect({ exitCode, code: json.error.code }).toEqual({ exitCode: 1, code: 'DEPLOY_FEE_CAP' });
    expect(json.error.next).toContain('--max-fee');
    expect(chain.door.sent).toEqual([]);
    const dry = await chain.deploy('run', '--dry-run', '--max-fee', '24.999999999');
    expect(dry.exitCode).toBe(1);
    expect((await chain.deploy('run', '--max-fee', '30')).json.sent).toBe(3);
  });

  it('to work beside another process', async () => {
    mkdirSync(chain.out, { recursive: true });
    const lock = acquireLock(`${chain.journalFile()}.lock`);
    const { exitCode, json } = await chain.deploy('run');
    expect(exitCode).toBe(1);
    expect(json.error).toMatchObject({
      code: 'JOURNAL_LOCKED',
      message: expect.stringContaining(String(process.pid)),
      where: `${chain.journalFile()}.lock`,
    });
    expect(chain.door.sent).toEqual([]);
    lock.release();
    expect((await chain.deploy('run')).json.sent).toBe(3);
  });

  it('the journal of another plan, and of another chain', async () => {
    await chain.deploy('run');
    const bytes = readFileSync(chain.journalFile());
    const sets = ['--set', 'chain.timestamp=1712793601'];
    const later = resolvePlan({ text: planText, file: 'masa.yaml', sets: [sets[1]!] });
    const started = await startEmbedded({ genesis: (await compileGenesis(later)).json, port: 0 });
    try {
      const { exitCode, json } = await chain.deploy('run', '--rpc', started.url, ...sets);
      expect({ exitCode, code: json.error.code }).toEqual({
        exitCode: 2,
        code: 'DEPLOY_OTHER_PLAN',
      });
      expect(json.error.where).toBe(chain.journalFile());
    } finally {
      await started.stop();
    }
    expect(readFileSync(chain.journalFile())).toEqual(bytes);
  });

  it('a journal that is damaged in the middle; a torn one is cut and continued', async () => {
    await chain.deploy('run');
    const whole = readFileSync(chain.journalFile());
    const damaged = Buffer.from(whole);
    damaged[100]! ^= 1;
    writeFileSync(chain.journalFile(), damaged);
    const { exitCode, json } = await chain.deploy('run');
    expect({ exitCode, code: json.error.code }).toEqual({ exitCode: 2, code: 'JOURNAL_DAMAGED' });
    expect(json.error.where).toContain('line 1');
    writeFileSync(chain.journalFile(), whole);
    appendFileSync(chain.journalFile(), '200 12345678 {"mess');
    expect((await chain.deploy('status')).json.tornBytes).toBe(19);
    const again = await chain.deploy('run');
    expect(again.json).toMatchObject({ sent: 0, tornBytes: 19 });
    expect(readFileSync(chain.journalFile())).toEqual(whole);
  });

  it('says it when something else stands where the folder should be', async () => {
    writeFileSync(chain.out, 'mine');
    const { exitCode, json } = await chain.deploy('run');
    expect({ exitCode, code: json.error.code }).toEqual({
      exitCode: 2,
      code: 'JOURNAL_WRITE_FAILED',
    });
    expect(readFileSync(chain.out, 'utf8')).toBe('mine');
    expect(chain.door.sent).toEqual([]);
    expect((await chain.deploy('status')).json.error.code).toBe('DEPLOY_NOTHING_THERE');
  });
});
