import { keccak256 } from 'viem';
import { describe, expect, it } from 'vitest';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Journal } from '../journal/journal.js';
import { createMemoryJournal } from '../journal/memory-journal.js';
import type { DeploymentRun } from './deployment-run.js';
import { FakeChain, fakeSigner, type Touch } from './fake-chain.js';
import { deployer, fakeSteps as steps } from './fake-steps.js';
import { runDeployment } from './run-deployment.js';

const patience = { looks: 60, checkEvery: 5, replaceAfter: 20, receiptLag: 2 };
const untouched: Touch = (_, effect) => effect();

function run(
  chain: FakeChain,
  journal: Journal,
  change: Partial<DeploymentRun> = {},
  touch: Touch = untouched,
) {
  return runDeployment({
    planHash: '0x11',
    chainId: FakeChain.id,
    genesisHash: FakeChain.genesisHash,
    steps,
    chain: chain.client(touch),
    deployer,
    signers: [fakeSigner(deployer)],
    maxFeePerGas: 1_000n,
    patience,
    journal,
    ...change,
  });
}
const intentsOf = (journal: Journal, step = steps[0]!.id) =>
  journal.records.flatMap(({ message }) =>
    message.kind === 'intended' && message.step === step ? [message] : [],
  );
/** The chain changes once, when a method is called for the n-th time. */
const once = (name: string, at: number, change: () => void): Touch => {
  let count = 0;
  return (method, effect) => {
    if (method === name) {
      count += 1;
      if (count === at) change();
    }
    return effect();
  };
};

describe('a transaction that is stuck', () => {
  it('is replaced with the same nonce and a higher fee when the base fee has risen above its own', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    chain.delay = 1;
    await run(
      chain,
      journal,
      {},
      once('receipt', 1, () => (chain.baseFee = 50n)),
    );
    const [first, second, ...more] = intentsOf(journal);
    expect(more).toEqual([]);
    expect(second!.nonce).toBe(first!.nonce);
    expect(Number(second!.maxFeePerGas)).toBeGreaterThanOrEqual(50);
    expect(Number(second!.maxFeePerGas) / Number(first!.maxFeePerGas)).toBeGreaterThanOrEqual(1.1);
    expect(chain.state.mined).toHaveLength(3);
    expect((await run(chain, journal)).sent).toBe(0);
  });

  it('is in the journal before it leaves, replacements too', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    chain.delay = 1;
    const rise = once('receipt', 1, () => (chain.baseFee = 50n));
    await run(chain, journal, {}, (method, effect) => {
      const known = new Set(
        journal.records.flatMap(({ message }) =>
          message.kind === 'intended' ? [message.hash] : [],
        ),
      );
      const answer = rise(method, effect);
      for (const { raw } of chain.pool.values()) expect(known).toContain(keccak256(raw));
      return answer;
    });
  });

  it('stays below the cap: the run stops with DEPLOY_FEE_CAP and continues under a higher one', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    chain.delay = 1;
    const rise = once('receipt', 1, () => (chain.baseFee = 5_000n));
    await expect(run(chain, journal, {}, rise)).rejects.toMatchObject({ code: 'DEPLOY_FEE_CAP' });
    for (const { maxFeePerGas } of intentsOf(journal)) {
      expect(Number(maxFeePerGas)).toBeLessThanOrEqual(1_000);
    }
    await run(chain, journal, { maxFeePerGas: 20_000n });
    expect(new Set(intentsOf(journal).map(({ nonce }) => nonce)).size).toBe(1);
    expect(chain.state.mined).toHaveLength(3);
  });

  it('is not even signed while the base fee is above the cap', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    chain.baseFee = 1_001n;
    await expect(run(chain, journal)).rejects.toMatchObject({ code: 'DEPLOY_FEE_CAP' });
    expect(intentsOf(journal)).toEqual([]);
    chain.baseFee = 1_000n;
    expect((await run(chain, journal)).sent).toBe(3);
  });

  it('is sent again, the same bytes, when the pool has lost it', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    chain.delay = 3;
    await run(
      chain,
      journal,
      {},
      once('receipt', 1, () => chain.pool.clear()),
    );
    expect(intentsOf(journal)).toHaveLength(1);
    expect(chain.state.mined).toHaveLength(3);
  });

  it('is replaced when the pool neither mines nor forgets it, and never doubled', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    chain.delay = Number.POSITIVE_INFINITY;
    for (const _ of [1, 2]) {
      await expect(run(chain, journal)).rejects.toMatchObject({ code: 'DEPLOY_NOT_MINED' });
    }
    expect(chain.pool.size).toBe(1);
    expect(intentsOf(journal).length).toBeGreaterThan(1);
    expect(new Set(intentsOf(journal).map(({ nonce }) => nonce)).size).toBe(1);
    chain.delay = 0;
    await run(chain, journal);
    expect(chain.state.mined).toHaveLength(3);
  });

  it('gets a new nonce when another transaction took the old one', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    chain.delay = 1;
    await run(
      chain,
      journal,
      {},
      once('receipt', 1, () => chain.displace(deployer)),
    );
    expect(intentsOf(journal).map(({ nonce }) => nonce)).toEqual([0, 1]);
    expect(chain.state.mined).toHaveLength(4);
    expect((await run(chain, journal)).sent).toBe(0);
  });

  it('stops when others take every nonce', async () => {
    const chain = new FakeChain();
    const touch: Touch = (method, effect) => {
      if (method === 'send') chain.displace(deployer);
      return effect();
    };
    await expect(run(chain, createMemoryJournal(), {}, touch)).rejects.toMatchObject({
      code: 'DEPLOY_NONCE_CONTESTED',
      where: deployer,
    });
  });

  it('does not take the place of transactions that it does not know', async () => {
    const chain = new FakeChain();
    chain.delay = Number.POSITIVE_INFINITY;
    const foreign = await fakeSigner(deployer).sign({
      ...{ chainId: FakeChain.id, nonce: 0, to: '0xee', data: '0x', value: 1n, gas: 21_000n },
      ...{ maxFeePerGas: 20n, maxPriorityFeePerGas: 1n },
    });
    chain.send(foreign);
    await expect(run(chain, createMemoryJournal())).rejects.toMatchObject({
      code: 'DEPLOY_NONCE_CONTESTED',
    });
    expect([...chain.pool.values()].map(({ raw }) => raw)).toEqual([foreign]);
    chain.mine();
    chain.delay = 0;
    expect((await run(chain, createMemoryJournal())).sent).toBe(3);
  });

  it('is found when its journal is lost while it waits', async () => {
    const chain = new FakeChain();
    chain.delay = Number.POSITIVE_INFINITY;
    await expect(run(chain, createMemoryJournal())).rejects.toThrow(ToolkitError);
    const touch = once('nonce', 4, () => chain.mine());
    chain.delay = 0;
    expect((await run(chain, createMemoryJournal(), {}, touch)).sent).toBe(2);
    expect(chain.state.mined).toHaveLength(3);
  });

  it.each([1, 2, 3, 9])('is sent again after a reorganisation of %i blocks', async (depth) => {
    for (const lose of [true, false]) {
      for (let at = 1; at < 14; at += 1) {
        const chain = new FakeChain();
        const journal = createMemoryJournal();
        await run(
          chain,
          journal,
          {},
          once('code', at, () => chain.reorganise(depth, lose)),
        );
        expect(chain.state.mined, `at look ${at}`).toHaveLength(3);
        expect(intentsOf(journal)).toHaveLength(1);
        for (const { hash, blockNumber } of Object.values(
          (await run(chain, journal)).state.steps,
        )) {
          expect(chain.state.receipts.get(hash!)?.blockNumber).toBe(blockNumber);
        }
      }
    }
  });

  it('does not wait behind a gap that a reorganisation left', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    chain.displace(deployer);
    chain.delay = 2;
    const touch = once('receipt', 2, () => {
      chain.reorganise(1, true);
    });
    await run(chain, journal, {}, touch);
    // A transfer of nothing stands where the stranger's transaction was.
    expect(chain.state.mined).toHaveLength(4);
    expect(intentsOf(journal)).toHaveLength(1);
  });
});
