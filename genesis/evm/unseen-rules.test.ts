import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { type Hex, keccak256 } from '../base/hash.js';
import { addressWord, numberWord } from '../precompiles/words.js';
import { selectorOf } from './precompiles/abi-words.js';
import { formatPredicateResults, parsePredicateResults } from './predicate-results.js';
import {
  beaconRoots,
  blackhole,
  chain,
  mine,
  probe,
  sender,
  signed,
  slot,
  testTime,
  warp,
} from './test-chain.js';

// Rules that no transaction of the recorded chains shows, each with a contract made for it.
const time = testTime;
const outer: Hex = '0x5300000000000000000000000000000000000002';
const minterAddress: Hex = '0x0200000000000000000000000000000000000001';
const refusesWords = (bytes: Uint8Array) => {
  if (bytes.length === 32 && bytes.every((byte) => byte === 0)) throw new TypeError('no words');
  return keccak256(bytes);
};
/** go-ethereum's vector: core/vm/testdata/precompiles/pointEvaluation.json. */
const pointEvaluation =
  '01e798154708fe7789429634053cbf9f99b619f9f084048927333fce637f549b564c0a11a0f704f4fc3e8acfe0f8245f0ad1347b378fbf96e206da11a5d36306' +
  '24d25032e67a7e6a4910df5834b8fe70e6bcfeeac0352434196bdf4b2485d5a18f59a8d2a1a625a17f3fea0fe5eb8c896db3764f3185481bc22f91b4aaffcca25f2693' +
  '6857bc3a7c2539ea8ec3a952b7873033e038326e87ed3e1276fd140253fa08e9fc25fb2d9a98527fc22a2c9612fbeafdad446cbc7bcdbdcd780af2c16a';

describe('applyTransaction', () => {
  const borrowing = '0x5f5f5f5f7302000000000000000000000000000000000000015af400';
  const minter = {
    granite: false,
    config: { contractNativeMinterConfig: { blockTimestamp: time, adminAddresses: [sender] } },
  };

  it.each([
    ['TRANSACTION_INVALIDATED', borrowing, { ...minter, time: 1_754_107_198 }],
    // KECCAK256 of 32 bytes, which this chain's hash function refuses.
    ['TRANSACTION_UNSUPPORTED', '0x60205f2000', { keccak: refusesWords }],
  ])(
    'takes everything back from a transaction that %s stops in an inner frame',
    async (code, contract, options) => {
      const setup = chain(contract, { ...options, outer: true });
      const block = await mine(setup, async (builder) => {
        await expect(builder.add(signed(setup, 0, { to: outer }))).rejects.toMatchObject({ code });
        const next = await builder.add(signed(setup, 0, { to: blackhole, value: 1n }));
        expect(next.status).toBe(1);
      });
      expect(block.state.get(sender)?.nonce).toBe(1n);
    },
  );

  it('runs a precompile in a delegatecall until August 2025, then takes the transaction back, until Granite', async () => {
    // DELEGATECALL of readAllowList(sender) with the data of the transaction; the role goes into slot 0.
    const reading = `0x365f5f3760205f365f73${minterAddress.slice(2)}5af4505f515f55`;
    const data = `${selectorOf('readAllowList(address)')}${addressWord(sender).slice(2)}`;
    const early = chain(reading, { ...minter, time: 1_754_107_190 });
    const run = await mine(early, async (builder) => {
      expect((await builder.add(signed(early, 0, { to: probe, data }))).status).toBe(1);
    });
    expect(slot(run, probe, 0n)).toBe('02');
    // Two seconds later, to the second.
    for (const [start, taken] of [
      [1_754_107_197, true],
      [1_754_107_198, false],
    ] as const) {
      const setup = chain(reading, { ...minter, time: start });
      await mine(setup, async (builder) => {
        const result = builder.add(signed(setup, 0, { to: probe, data }));
        if (taken) expect((await result).status).toBe(1);
        else await expect(result).rejects.toMatchObject({ code: 'TRANSACTION_INVALIDATED' });
      });
    }
    const granite = chain(reading, { ...minter, granite: true, time: 1_754_107_190 });
    const reverted = await mine(granite, async (builder) => {
      await builder.add(signed(granite, 0, { to: probe, data, gasLimit: 200_000n }));
    });
    expect(slot(reverted, probe, 0n)).not.toBe('02');
  });

  it('evaluates points of EIP-4844, for whoever asks', async () => {
    // Gives the data to 0x0a and stores the first word of the answer.
    const setup = chain('0x365f5f3760205f365f5f600a5af16001555f515f55');
    const block = await mine(setup, async (builder) => {
      const call = { to: probe, data: `0x${pointEvaluation}`, gasLimit: 300_000n };
      expect((await builder.add(signed(setup, 0, call))).status).toBe(1);
    });
    expect([slot(block, probe, 0n), slot(block, probe, 1n)]).toEqual(['1000', '01']);
    const damaged = `0x${pointEvaluation.slice(0, -2)}00`;
    const refused = chain('0x365f5f3760205f365f5f600a5af1600155');
    const after = await mine(refused, async (builder) => {
      const call = { to: probe, data: damaged, gasLimit: 300_000n };
      expect((await builder.add(signed(refused, 0, call))).gasUsed).toBeGreaterThan(270_000n);
    });
    expect(slot(after, probe, 1n)).toBe('');
  });

  it('leaves the address of a forbidden creation warm', async () => {
    const hash = keccak256(new Uint8Array());
    const parts = `ff${probe.slice(2)}${'00'.repeat(32)}${bytesToHex(hash)}`;
    const created = bytesToHex(keccak256(hexToBytes(parts)).subarray(12));
    // CREATE2 of nothing; then the gas that BALANCE of its address takes, into slot 0.
    const setup = chain(`0x5f5f5f5ff5505a73${created}31505a90035f5500`, {
      config: {
        contractDeployerAllowListConfig: { blockTimestamp: time, adminAddresses: [probe] },
      },
    });
    const block = await mine(setup, async (builder) => {
      await builder.add(signed(setup, 0, { to: probe, gasLimit: 7_000_000n }));
    });
    // PUSH20 3, BALANCE 100 when warm, POP 2, GAS 2.
    expect(slot(block, probe, 0n)).toBe((107).toString(16));
  });

  it('states the address of a creation that failed', async () => {
    const setup = chain('0x00', {
      config: {
        contractDeployerAllowListConfig: { blockTimestamp: time, adminAddresses: [probe] },
      },
    });
    const block = await mine(setup, async (builder) => {
      await builder.add(signed(setup, 0, { to: undefined, data: '0x00' }));
    });
    expect(block.receipts[0]).toMatchObject({
      status: 0,
      contractAddress: expect.stringMatching(/^0x[0-9a-f]{40}$/),
    });
  });
});

describe('callBeaconRoots', () => {
  it('calls the contract of EIP-4788 at the beginning of a block when the chain has one', async () => {
    // Stores the caller in slot 0.
    const setup = chain('0x335f55', { at: beaconRoots });
    const block = await mine(setup, async () => {});
    expect(slot(block, beaconRoots, 0n)).toBe('fffffffffffffffffffffffffffffffffffffffe');
    expect([...block.state.accounts()]).toHaveLength(2);
  });
});

describe('warp', () => {
  const config = { warpConfig: { blockTimestamp: time } };

  it('sends payloads of up to 24 KiB', async () => {
    const setup = chain('0x00', { config });
    const send = (bytes: number) => {
      const words = '01'.repeat(Math.ceil(bytes / 32) * 32);
      const data = `${selectorOf('sendWarpMessage(bytes)')}${numberWord(32n).slice(2)}${numberWord(BigInt(bytes)).slice(2)}${words}`;
      return { to: warp, gasLimit: 2_000_000n, data };
    };
    // Codec version, type, two lengths and the sender count too.
    const most = 24 * 1024 - 2 - 4 - 4 - 20 - 4;
    const block = await mine(setup, async (builder) => {
      await builder.add(signed(setup, 0, send(most)));
      await builder.add(signed(setup, 1, send(most + 1)));
    });
    expect(block.receipts.map(({ status }) => status)).toEqual([1, 0]);
  });

  it('counts every predicate of a new block as failed, since nobody verified it', async () => {
    // Calls getVerifiedWarpMessage(0) and stores in slot 1 whether it is valid.
    const setup = chain(
      `0x63${selectorOf('getVerifiedWarpMessage(uint32)').slice(2)}60e01b5f5260405f60245f5f73${warp.slice(2)}5af15060205160015500`,
      { config },
    );
    const payload = `0000${'00000001'}${'00000014'}${'11'.repeat(20)}${'00000001'}aa`;
    const length = (payload.length / 2).toString(16).padStart(8, '0');
    const message = `0000${'00003039'}${'22'.repeat(32)}${length}${payload}${'00000000'}${'00000001'}01${'33'.repeat(96)}ff`;
    const padded = message.padEnd(Math.ceil(message.length / 64) * 64, '0');
    const storageKeys = padded.match(/.{64}/g)!.map((word) => `0x${word}`);
    const entry = { address: warp, storageKeys };
    const block = await mine(setup, async (builder) => {
      const accessList = [entry, entry];
      const fields = { to: probe, gasLimit: 1_000_000n, accessList };
      expect((await builder.add(signed(setup, 0, fields))).status).toBe(1);
    });
    expect(slot(block, probe, 1n)).toBe('');
    const results = parsePredicateResults(block.header.extraData, 80);
    expect(results).toEqual(new Map([[block.transactions[0]!.hash, new Map([[warp, 0b11n]])]]));
  });
});

describe('formatPredicateResults', () => {
  it('writes what the reader reads, sorted', () => {
    const [low, high]: Hex[] = [numberWord(1n), numberWord(2n)];
    const results = new Map([
      [high!, new Map([[warp, 0x100n]])],
      [low!, new Map([[warp, 0n]])],
    ]);
    const digits = formatPredicateResults(results);
    expect(parsePredicateResults(`0x${digits}`, 0)).toEqual(results);
    expect(digits.indexOf(low!.slice(2))).toBeLessThan(digits.indexOf(high!.slice(2)));
    expect(formatPredicateResults(new Map())).toBe('000000000000');
    expect(digits).toContain(`${addressWord(warp).slice(26)}000000020100`);
  });
});
