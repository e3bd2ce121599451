import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Journal } from '../journal/journal.js';
import { createMemoryJournal } from '../journal/memory-journal.js';
import type { JournalMessage } from '../journal/record.js';
import { FakeChain, fakeSigner, Killed, type Touch } from './fake-chain.js';
import { deployer, fakeSteps as steps } from './fake-steps.js';
import { runDeployment } from './run-deployment.js';

function run(chain: FakeChain, journal: Journal, touch: Touch = (_, effect) => effect()) {
  return runDeployment({
    planHash: '0x11',
    chainId: FakeChain.id,
    genesisHash: FakeChain.genesisHash,
    steps,
    chain: chain.client(touch),
    deployer,
    signers: [fakeSigner(deployer)],
    maxFeePerGas: 1_000n,
    patience: { looks: 60, checkEvery: 5, replaceAfter: 20, receiptLag: 2 },
    journal,
  });
}

type Fault =
  | 'kill-before'
  | 'kill-after'
  | 'no-request'
  | 'no-answer'
  | 'lose-pool'
  | 'base-fee-up'
  | 'base-fee-down'
  | 'slow'
  | 'fast'
  | 'displace'
  | 'reorganise-lose'
  | 'reorganise-keep'
  | 'false-nonce-used'
  | 'false-underpriced'
  | 'duplicate';
const faults: readonly Fault[] = [
  ...(['kill-before', 'kill-after', 'no-request', 'no-answer', 'lose-pool'] as const),
  ...(['base-fee-up', 'base-fee-down', 'slow', 'fast', 'displace', 'duplicate'] as const),
  ...(['reorganise-lose', 'reorganise-keep', 'false-nonce-used', 'false-underpriced'] as const),
];

/** Sequences that once found a mistake. */
const found: [number, Fault][][] = [
  [[40, 'reorganise-keep']],
  [
    [15, 'reorganise-keep'],
    [1, 'reorganise-keep'],
  ],
  [
    [16, 'reorganise-lose'],
    [10, 'kill-before'],
    [0, 'base-fee-up'],
    [14, 'reorganise-keep'],
  ],
  [
    [15, 'kill-before'],
    [15, 'slow'],
    [0, 'reorganise-lose'],
    [5, 'displace'],
  ],
  [
    [20, 'reorganise-lose'],
    [21, 'kill-before'],
    [0, 'base-fee-up'],
    [10, 'duplicate'],
    [3, 'reorganise-keep'],
  ],
];

/** Injects faults between touches: each `[gap, fault]` comes so many touches after the one before. */
function injector(chain: FakeChain, script: (readonly [number, Fault])[]): Touch {
  let left = script[0]?.[0] ?? Number.POSITIVE_INFINITY;
  const unreachable = () => new ToolkitError({ code: 'RPC_UNREACHABLE', message: '', exitCode: 3 });
  return (method, effect) => {
    left -= 1;
    if (left >= 0) return effect();
    const [, fault] = script.shift()!;
    left = script[0]?.[0] ?? Number.POSITIVE_INFINITY;
    // A real chain loses the answer to a transaction without ending the run.
    const lost = () => {
      if (method === 'send') return 'unanswered' as never;
      throw unreachable();
    };
    switch (fault) {
      case 'kill-before':
        throw new Killed();
      case 'kill-after':
        effect();
        throw new Killed();
      case 'no-request':
        return lost();
      case 'no-answer':
        effect();
        return lost();
      case 'false-nonce-used':
      case 'false-underpriced': {
        const answer = effect();
        return method === 'send' ? (fault.slice(6) as never) : answer;
      }
      case 'duplicate':
        if (method === 'send') effect();
        return effect();
      case 'lose-pool':
        chain.pool.clear();
        break;
      case 'base-fee-up':
        chain.baseFee = chain.baseFee < 400n ? chain.baseFee * 3n : chain.baseFee;
        break;
      case 'base-fee-down':
        chain.baseFee = 10n;
        break;
      case 'slow':
        chain.delay = 30;
        break;
      case 'fast':
        chain.delay = 0;
        break;
      case 'displace':
        chain.displace(deployer);
        break;
      case 'reorganise-lose':
      case 'reorganise-keep':
        chain.reorganise(2, fault === 'reorganise-lose');
    }
    return effect();
  };
}

describe('any sequence of faults and kills', () => {
  it('ends in the same chain and the same record; then nothing is sent', async () => {
    const reference = new FakeChain();
    await run(reference, createMemoryJournal());
    const entry = fc.tuple(fc.nat({ max: 40 }), fc.constantFrom(...faults));
    let kills = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 12 }), async (drawn) => {
        const script = [...drawn];
        const chain = new FakeChain();
        const memory = createMemoryJournal();
        const touch = injector(chain, script);
        const journal: Journal = {
          get records() {
            return memory.records;
          },
          append: (message: JournalMessage) => touch('append', () => memory.append(message)),
          close() {},
        };
        for (let attempt = 0; ; attempt += 1) {
          const quiet = script.length === 0;
          try {
            await run(chain, journal, touch);
            if (quiet) break;
          } catch (error) {
            const { code } = error as ToolkitError;
            const expected =
              /^(TEST_KILLED|RPC_UNREACHABLE|DEPLOY_(NOT_MINED|FEE_CAP|NONCE_CONTESTED|UNSTABLE|CONDITION_NOT_MET))$/;
            expect(code, String((error as Error).stack)).toMatch(expected);
            kills += 1;
          }
          // A quiet chain after the last fault.
          if (script.length === 0) {
            chain.delay = 0;
            chain.baseFee = 10n;
          }
          expect(attempt, 'resumes').toBeLessThan(100);
        }
        expect(chain.state.codes).toEqual(reference.state.codes);
        expect(chain.state.paid).toEqual(reference.state.paid);
        const effects = chain.state.mined.filter((what) => reference.state.mined.includes(what));
        expect([...effects].sort()).toEqual([...reference.state.mined].sort());
        const before = chain.state;
        const { sent, state } = await run(chain, memory);
        expect(sent).toBe(0);
        expect(chain.state).toBe(before);
        expect(state.finished).toBe(true);
        for (const { id } of steps) {
          const { status, hash, blockNumber } = state.steps[id]!;
          expect(status).toBe('confirmed');
          expect(before.receipts.get(hash!)?.blockNumber).toBe(blockNumber);
        }
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 400), examples: found.map((script) => [script]) },
    );
    expect(kills).toBeGreaterThan(0);
  });
});
