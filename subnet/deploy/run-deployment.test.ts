import { keccak256, toHex } from 'viem';
import { describe, expect, it } from 'vitest';
import type { Hex } from '../../genesis/base/hash.js';
import type { Journal } from '../journal/journal.js';
import { createMemoryJournal } from '../journal/memory-journal.js';
import type { JournalMessage } from '../journal/record.js';
import type { DeploymentChain } from './deployment-chain.js';
import type { DeploymentStep } from './deployment-step.js';
import { runDeployment } from './run-deployment.js';

const deployer: Hex = '0x00000000000000000000000000000000000000d1';
const planHash: Hex = '0x11';
const genesisHash: Hex = '0x22';
const chainId = 4242;

class Killed extends Error {}

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

/** A chain in a few lines: every transaction sets its target's code to its data, or adds its value to the target. */
class FakeChain {
  codes = new Map<Hex, Hex>();
  paid = new Map<Hex, bigint>();
  receipts = new Map<
    Hex,
    { status: 'success' | 'reverted'; blockNumber: number; gasUsed: number }
  >();
  nonces = 0;
  mined: string[] = [];
  reverting = new Set<Hex>();
  /** Number of receipts asked for before a sent transaction is mined. */
  delay = 0;
  pool: { raw: Hex; wait: number }[] = [];
  gas = 100_000n;
  funds = 10n ** 18n;
  id = chainId;

  mine() {
    for (const { raw } of this.pool) {
      const { nonce, to, data, value } = JSON.parse(Buffer.from(raw.slice(2), 'hex').toString());
      if (nonce !== this.nonces) continue;
      this.nonces += 1;
      this.mined.push(`${to}:${data}:${value}`);
      const reverted = this.reverting.has(to);
      if (!reverted && data !== '0x') this.codes.set(to, data);
      if (!reverted) this.paid.set(to, (this.paid.get(to) ?? 0n) + BigInt(value));
      this.receipts.set(keccak256(raw), {
        status: reverted ? 'reverted' : 'success',
        blockNumber: this.mined.length,
        gasUsed: 21_000,
      });
    }
    this.pool = [];
  }

  client(outside: Outside): DeploymentChain {
    const touch = async <T>(effect: () => T) => outside.touch(effect);
    return {
      chainId: () => touch(() => this.id),
      genesisHash: () => touch(() => genesisHash),
      blockGasLimit: () => touch(() => 8_000_000n),
      balance: () => touch(() => this.funds),
      code: (address) => touch(() => this.codes.get(address) ?? '0x'),
      call: (address) => touch(() => toHex(this.paid.get(address) ?? 0n)),
      nonce: () => touch(() => this.nonces),
      estimateGas: () => touch(() => this.gas),
      fees: () => touch(() => ({ maxFeePerGas: 2n, maxPriorityFeePerGas: 1n })),
      send: (raw) =>
        touch(() => {
          if (!this.pool.some((entry) => entry.raw === raw))
            this.pool.push({ raw, wait: this.delay });
        }),
      receipt: (hash) =>
        touch(() => {
          if (this.pool.length > 0 && this.pool[0]!.wait-- <= 0) this.mine();
          return this.receipts.get(hash);
        }),
      pause: async () => {},
    };
  }
}

const signer = {
  address: deployer,
  sign: async (transaction: object) =>
    toHex(
      Buffer.from(
        JSON.stringify(transaction, (_, v) => (typeof v === 'bigint' ? v.toString() : v)),
      ),
    ),
};

const steps: DeploymentStep[] = [
  create('a', '0x00000000000000000000000000000000000000a1', '0x6001'),
  create('b', '0x00000000000000000000000000000000000000b1', '0x6002'),
  {
    id: 'fund:a',
    purpose: 'fund',
    from: deployer,
    to: '0x00000000000000000000000000000000000000c1',
    data: '0x',
    value: 500n,
    condition: {
      kind: 'at-least',
      address: '0x00000000000000000000000000000000000000c1',
      data: '0x',
      minimum: 500n,
    },
  },
];

function create(name: string, address: Hex, code: Hex): DeploymentStep {
  return {
    id: `create:${name}`,
    purpose: name,
    from: deployer,
    to: address,
    data: code,
    value: 0n,
    condition: { kind: 'code', address, codeHash: keccak256(code) },
  };
}

function run(chain: FakeChain, journal: Journal, outside = new Outside(0, false), list = steps) {
  const client = chain.client(outside);
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
    steps: list,
    chain: client,
    deployer,
    signers: [signer],
    journal: guarded,
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
    expect(chain.mined).toHaveLength(3);
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
        expect(chain.mined, `killed at touch ${at}`).toHaveLength(3);
        expect(new Set(chain.mined).size).toBe(3);
        expect((await run(chain, journal)).sent).toBe(0);
        if (!killed) break;
        kills += 1;
      }
      expect(kills).toBeGreaterThan(35);
    },
  );

  it('forgets nothing when the pool loses the transaction', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    chain.delay = 5;
    const outside = new Outside(17, true);
    await expect(run(chain, journal, outside)).rejects.toThrow(Killed);
    chain.pool = [];
    await run(chain, journal);
    expect(chain.mined).toHaveLength(3);
  });

  it.each<[string, (chain: FakeChain) => unknown]>([
    ['DEPLOY_WRONG_CHAIN', (chain) => Object.assign(chain, { id: 1 })],
    ['DEPLOY_UNFUNDED', (chain) => Object.assign(chain, { funds: 1n })],
    ['DEPLOY_STEP_TOO_LARGE', (chain) => Object.assign(chain, { gas: 7_000_000n })],
    ['DEPLOY_REVERTED', (chain) => chain.reverting.add(steps[1]!.to)],
    ['DEPLOY_FOREIGN_CODE', (chain) => chain.codes.set(steps[0]!.to, '0xfe')],
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
      run(new FakeChain(), createMemoryJournal(), undefined, [idle]),
    ).rejects.toMatchObject({
      code: 'DEPLOY_CONDITION_NOT_MET',
    });
  });

  it('gives up when nothing is mined, and waits for the same transaction in the next run', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    chain.delay = Number.POSITIVE_INFINITY;
    for (const _ of [1, 2]) {
      await expect(run(chain, journal)).rejects.toMatchObject({ code: 'DEPLOY_NOT_MINED' });
    }
    expect(chain.pool).toHaveLength(1);
    chain.delay = 0;
    chain.pool[0]!.wait = 0;
    await run(chain, journal);
    expect(chain.mined).toHaveLength(3);
  });

  it('stops between steps when it is interrupted, and continues', async () => {
    const chain = new FakeChain();
    const journal = createMemoryJournal();
    const abort = new AbortController();
    const client = chain.client(new Outside(0, false));
    const parameters = { planHash, chainId, genesisHash, steps, chain: client, deployer, journal };
    await expect(
      runDeployment({
        ...parameters,
        signers: [signer],
        signal: abort.signal,
        onStep: () => abort.abort(),
      }),
    ).rejects.toMatchObject({ code: 'DEPLOY_INTERRUPTED' });
    expect(chain.mined).toHaveLength(1);
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
    expect((await run(chain, createMemoryJournal(), undefined, [either])).sent).toBe(0);
    chain.funds -= 501n;
    const unmet: DeploymentStep = { ...either, to: deployer };
    await expect(run(chain, createMemoryJournal(), undefined, [unmet])).rejects.toMatchObject({
      code: 'DEPLOY_UNFUNDED',
      where: deployer,
    });
    expect(chain.mined).toEqual([]);
    expect((await run(chain, createMemoryJournal(), undefined, [either])).sent).toBe(1);
    expect((await run(chain, createMemoryJournal(), undefined, [either])).sent).toBe(0);
  });

  it('asks for the key of every sender before it sends anything', async () => {
    const chain = new FakeChain();
    const foreign = { ...steps[2]!, from: '0x00000000000000000000000000000000000000ff' as const };
    await expect(
      run(chain, createMemoryJournal(), undefined, [steps[0]!, foreign]),
    ).rejects.toMatchObject({
      code: 'DEPLOY_NO_SIGNER',
      exitCode: 2,
    });
    expect(chain.mined).toEqual([]);
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
