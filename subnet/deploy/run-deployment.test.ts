import { describe, expect, it } from 'vitest';
import type { Hex } from '../../genesis/base/hash.js';
import type { Journal } from '../journal/journal.js';
import { createMemoryJournal } from '../journal/memory-journal.js';
import type { JournalMessage } from '../journal/record.js';
import type { DeploymentRun } from './deployment-run.js';
import type { DeploymentStep } from './deployment-step.js';
import { FakeChain, fakeSigner, Killed } from './fake-chain.js';
import { deployer, fakeSteps as steps } from './fake-steps.js';
import { runDeployment } from './run-deployment.js';

const planHash: Hex = '0x11';
const { genesisHash, id: chainId } = FakeChain;

/** A process that is killed at its n-th touch of the outside, before or after the touch has its effect. */
class Outside {
  left: number;
  constructor(
    left: number,
    readonly after: boolean,
  ) {
    this.left = left;
  }
  touch<T>(effect: () => T): T {
    this.left -= 1;
    if (this.left === 0 && !this.after) throw new Killed();
    const result = effect();
    if (this.left === 0) throw new Killed();
    return result;
  }
}

function run(
  chain: FakeChain,
  journal: Journal,
  outside = new Outside(0, false),
  change: Partial<DeploymentRun> = {},
) {
  const guarded: Journal = {
    get records() {
      return journal.records;
    },
    append: (message: JournalMessage) => outside.touch(() => journal.append(message)),
    close() {},
  };
  return runDeployment({
    planHash,
    chainId,
    genesisHash,
    steps,
    chain: chain.client((_, effect) => outside.touch(effect)),
    deployer,
    signers: [fakeSigner(deployer)],
    maxFeePerGas: 1_000n,
    patience: { looks: 60, checkEvery: 5, replaceAfter: 20, receiptLag: 2 },
    journal: guarded,
    ...change,
  });
}

describe('runDeployment', () => {
  it('sends each step once, and nothing when it runs again', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    expect((await run(chain, journal)).sent).toBe(3);
    const second = await run(chain, journal);
    expect(second.sent).toBe(0);
    expect(second.state.finished).toBe(true);
    expect(chain.state.mined).toHaveLength(3);
  });

  it('sends nothing when the journal is lost but the chain has everything', async () => {
    const chain = new FakeChain();
    await run(chain, createMemoryJournal());
    const { sent, state } = await run(chain, createMemoryJournal());
    expect(sent).toBe(0);
    expect(Object.values(state.steps).map((step) => step.status)).toEqual([
      'found',
      'found',
      'found',
    ]);
  });

  it.each([
    [0, false],
    [0, true],
    [2, false],
    [2, true],
  ])(
    'survives a kill at every touch of the outside (receipts late by %i, kill after the effect: %s)',
    async (delay, after) => {
      let kills = 0;
      for (let at = 1; ; at += 1) {
        const chain = new FakeChain();
        chain.delay = delay;
        const journal = createMemoryJournal();
        let killed = false;
        try {
          await run(chain, journal, new Outside(at, after));
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          killed = true;
        }
        await run(chain, journal);
        expect(chain.state.mined, `killed at touch ${at}`).toHaveLength(3);
        expect(new Set(chain.state.mined).size).toBe(3);
        expect((await run(chain, journal)).sent).toBe(0);
        if (!killed) break;
        kills += 1;
      }
      expect(kills).toBeGreaterThan(35);
    },
  );

  it.each<[string, (chain: FakeChain) => unknown]>([
    ['DEPLOY_WRONG_CHAIN_ID', (chain) => Object.assign(chain, { id: 1 })],
    ['DEPLOY_UNFUNDED', (chain) => Object.assign(chain, { funds: 1n })],
    ['DEPLOY_STEP_TOO_LARGE', (chain) => Object.assign(chain, { gas: 7_000_000n })],
    ['DEPLOY_REVERTED', (chain) => chain.reverting.add(steps[1]!.to!)],
    ['DEPLOY_FOREIGN_CODE', (chain) => chain.setCode(steps[0]!.to!, '0xfe')],
  ])('stops with %s', async (code, spoil) => {
    const chain = new FakeChain();
    spoil(chain);
    await expect(run(chain, createMemoryJournal())).rejects.toMatchObject({ code });
  });

  it('stops when a mined step did not do what it is for', async () => {
    const idle = {
      ...steps[2]!,
      condition: { ...steps[2]!.condition, minimum: 501n } as DeploymentStep['condition'],
    };
    await expect(
      run(new FakeChain(), createMemoryJournal(), undefined, { steps: [idle] }),
    ).rejects.toMatchObject({
      code: 'DEPLOY_CONDITION_NOT_MET',
    });
  });

  it('stops between steps when it is interrupted, and continues', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    const abort = new AbortController();
    const { signal } = abort;
    await expect(
      run(chain, journal, undefined, { signal, onStep: () => abort.abort() }),
    ).rejects.toMatchObject({ code: 'DEPLOY_INTERRUPTED' });
    expect(chain.state.mined).toHaveLength(1);
    expect((await run(chain, journal)).sent).toBe(2);
  });

  it('takes either of two conditions, and a balance', async () => {
    const chain = new FakeChain();
    const either: DeploymentStep = {
      ...steps[2]!,
      condition: {
        kind: 'any',
        conditions: [
          steps[2]!.condition,
          { kind: 'balance', address: deployer, minimum: chain.funds },
        ],
      },
    };
    expect((await run(chain, createMemoryJournal(), undefined, { steps: [either] })).sent).toBe(0);
    chain.funds -= 501n;
    const unmet: DeploymentStep = { ...either, to: deployer };
    await expect(
      run(chain, createMemoryJournal(), undefined, { steps: [unmet] }),
    ).rejects.toMatchObject({
      code: 'DEPLOY_UNFUNDED',
      where: deployer,
    });
    expect(chain.state.mined).toEqual([]);
    expect((await run(chain, createMemoryJournal(), undefined, { steps: [either] })).sent).toBe(1);
    expect((await run(chain, createMemoryJournal(), undefined, { steps: [either] })).sent).toBe(0);
  });

  it('asks for the key of every sender before it sends anything', async () => {
    const chain = new FakeChain();
    const foreign = { ...steps[2]!, from: '0x00000000000000000000000000000000000000ff' as const };
    await expect(
      run(chain, createMemoryJournal(), undefined, { steps: [steps[0]!, foreign] }),
    ).rejects.toMatchObject({
      code: 'DEPLOY_NO_SIGNER',
      exitCode: 2,
    });
    expect(chain.state.mined).toEqual([]);
  });

  it('refuses the journal of another plan', async () => {
    const journal = createMemoryJournal();
    journal.append({ kind: 'started', planHash: '0x99', genesisHash, chainId, deployer });
    await expect(run(new FakeChain(), journal)).rejects.toMatchObject({
      code: 'DEPLOY_OTHER_PLAN',
      exitCode: 2,
    });
  });
});
