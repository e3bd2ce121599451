import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDeployTestChain, runMasa } from './deploy-test-chain.js';

let chain: Awaited<ReturnType<typeof openDeployTestChain>>;
beforeAll(async () => {
  chain = await openDeployTestChain();
});
beforeEach(() => chain.reset());
afterAll(() => chain.stop());

describe('masa deploy run --dry-run', () => {
  it('says what would be sent and what it costs, without keys, and sends and writes nothing', async () => {
    const { exitCode, json } = await chain.deploy('run', '--dry-run');
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
      address: chain.plan.accounts.deployer,
      missing: '0',
      needed: String(BigInt(create.cost) + BigInt(give.cost) + BigInt(give.value)),
    });
    expect(existsSync(chain.out)).toBe(false);
    expect(chain.door.sent).toEqual([]);

    const text = await runMasa(
      'deploy',
      'run',
      '--dry-run',
      '--rpc',
      chain.door.url,
      '--out',
      chain.out,
    );
    expect(text.output).toContain('create:MasaStaking');
    expect(text.output).toContain('nothing was sent');
    // What was said is what happens.
    const done = await chain.deploy('run');
    expect(done.json.steps[0].gasUsed).toBe(1_308_845);
    expect(done.json.contracts).toEqual(json.contracts);
    const after = await chain.deploy('run', '--dry-run');
    expect(after.json).toMatchObject({ gas: '0', cost: '0', funded: true });
  });

  it('fails when an account has too little, naming what is missing', async () => {
    await chain.call('anvil_setBalance', [chain.plan.accounts.deployer, '0x10']);
    const { exitCode, json } = await chain.deploy('run', '--dry-run');
    expect({ exitCode, funded: json.funded }).toEqual({ exitCode: 1, funded: false });
    const [account] = json.accounts;
    expect(BigInt(account.missing)).toBe(BigInt(account.needed) - 16n);
  });
});

describe('masa deploy status', () => {
  it('shows the steps with confirmations and progress, also while the chain is down', async () => {
    expect((await chain.deploy('status')).json.error.code).toBe('DEPLOY_NOTHING_THERE');
    expect((await chain.deploy('resume')).json.error.code).toBe('DEPLOY_NOTHING_THERE');
    expect(existsSync(chain.out)).toBe(false);
    await chain.deploy('run');
    const { exitCode, json } = await chain.deploy('status');
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ finished: true, manifest: true, done: 3, total: 3, head: 3 });
    expect(json.steps.map((step: { chain: string }) => step.chain)).toEqual(Array(3).fill('done'));
    expect(json.steps.map((step: { confirmations: number }) => step.confirmations)).toEqual([
      ...[3, 2, 1],
    ]);
    const down = await chain.deploy('status', '--rpc', 'http://127.0.0.1:1');
    expect(down.exitCode).toBe(3);
    expect(down.json.steps[0]).toMatchObject({ journal: 'confirmed', chain: 'unknown' });
  });

  it('shows what is open and about how long it takes', async () => {
    chain.door.fault = (method) =>
      method === 'eth_sendRawTransaction' && chain.door.sent.length === 1 ? 'down' : undefined;
    await chain.deploy('run');
    chain.door.fault = () => undefined;
    chain.door.revive();
    const { json } = await chain.deploy('status');
    expect(json).toMatchObject({ finished: false, done: 1, total: 3 });
    expect(json.secondsLeft).toBeGreaterThanOrEqual(0);
    expect(json.steps.map((step: { journal: string }) => step.journal)).toEqual([
      ...['confirmed', 'intended', 'not begun'],
    ]);
    const text = await runMasa('deploy', 'status', '--rpc', chain.door.url, '--out', chain.out);
    expect(text.output).toMatch(/progress {2}1 of 3 steps, about \d+ s left/);
    expect((await chain.deploy('resume')).exitCode).toBe(0);
  });
});

describe('an RPC that dies in the middle', () => {
  it('ends the run with exit 3; resume continues and sends nothing twice', async () => {
    let calls = 0;
    chain.door.fault = () => {
      calls += 1;
      return undefined;
    };
    await chain.deploy('run');
    const all = calls;
    expect(all).toBeGreaterThan(60);
    const points = [3, 41, 60];
    for (const at of points) {
      await chain.reset();
      calls = 0;
      chain.door.fault = () => {
        calls += 1;
        return calls === at ? 'down' : undefined;
      };
      const { exitCode, json } = await chain.deploy('run');
      expect({ exitCode, code: json.error.code }, `call ${at}`).toEqual({
        exitCode: 3,
        code: 'RPC_UNREACHABLE',
      });
      expect(json.error).toMatchObject({ where: chain.door.url });
      chain.door.revive();
      chain.door.fault = () => undefined;
      expect((await chain.deploy('run')).exitCode).toBe(0);
      expect(new Set(chain.door.sent).size).toBe(3);
      expect((await chain.deploy('run')).json.sent).toBe(0);
    }
  });
});
