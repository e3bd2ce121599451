import { describe, expect, it } from 'vitest';
import { formatRecord } from '../journal/format-record.js';
import { createMemoryJournal } from '../journal/memory-journal.js';
import { parseJournal } from '../journal/parse-journal.js';
import { FakeChain, fakeSigner } from './fake-chain.js';
import { deployer, fakeSteps as steps } from './fake-steps.js';
import { runDeployment } from './run-deployment.js';

function run(chain: FakeChain, journal: ReturnType<typeof createMemoryJournal>) {
  return runDeployment({
    planHash: '0x11',
    chainId: FakeChain.id,
    genesisHash: FakeChain.genesisHash,
    steps,
    chain: chain.client((_, effect) => effect()),
    deployer,
    signers: [fakeSigner(deployer)],
    maxFeePerGas: 1_000n,
    patience: { looks: 60, checkEvery: 5, replaceAfter: 20, receiptLag: 2 },
    journal,
  });
}

/** What a run finds in a file that ends after so many bytes. */
function cut(bytes: Uint8Array, length: number) {
  const journal = createMemoryJournal();
  for (const { message } of parseJournal(bytes.subarray(0, length), 'journal').records) {
    journal.append(message);
  }
  return journal;
}

describe('a journal cut at every byte', () => {
  it('never makes a run send a step again, whether its transactions were mined, wait, or never left', async () => {
    const journal = createMemoryJournal();
    const chain = new FakeChain();
    await run(chain, journal);
    const bytes = new TextEncoder().encode(journal.records.map(formatRecord).join(''));
    const tried = new Set<number>();
    for (let length = 0; length <= bytes.length; length += 1) {
      // Whatever the byte, a run sees a number of whole records; each number is tried once.
      const whole = cut(bytes, length).records.length;
      expect(whole).toBeLessThanOrEqual(journal.records.length);
      if (tried.has(whole)) continue;
      tried.add(whole);
      // Everything was mined: nothing is left to send, however little the journal knows.
      const { sent: again, state } = await run(chain, cut(bytes, length));
      expect(again, `cut at ${length}`).toBe(0);
      expect(state.finished).toBe(true);

      // Of the transactions in the cut journal, the last waits in the pool, or never left.
      const known = cut(bytes, length);
      const intents = known.records.flatMap(({ message }) =>
        message.kind === 'intended' ? [message.raw] : [],
      );
      for (const last of ['waits', 'never left'] as const) {
        const later = new FakeChain();
        for (const raw of intents.slice(0, -1)) {
          later.send(raw);
          later.mine();
        }
        if (last === 'waits' && intents.length > 0) later.send(intents.at(-1)!);
        await run(later, cut(bytes, length));
        expect(later.state.mined, `cut at ${length}, ${last}`).toEqual(chain.state.mined);
      }
    }
    expect(tried.size).toBe(journal.records.length + 1);
  });
});
