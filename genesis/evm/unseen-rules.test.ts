import { createTx } from '@ethereumjs/tx';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { type Hex, keccak256 } from '../base/hash.js';
import { parseGenesis } from '../compile/parse-genesis.js';
import { addressWord, numberWord } from '../precompiles/words.js';
import { type BlockBuilder, createBlockBuilder } from './block-builder.js';
import { type ChainBlock, genesisBlock } from './chain-block.js';
import { createEngine, type Engine, pureCrypto } from './engine.js';
import { selectorOf } from './precompiles/abi-words.js';
import { formatPredicateResults, parsePredicateResults } from './predicate-results.js';
import { processBlock } from './process-block.js';
import { parseTransaction } from './transaction.js';

// Rules that no transaction of the recorded chains shows, each with a contract made for it.
const time = 1_720_000_000;
const key = hexToBytes('45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8');
const sender = createTx({ type: 0, gasLimit: 21_000n, to: `0x${'11'.repeat(20)}` })
  .sign(key)
  .getSenderAddress()
  .toString();
const probe: Hex = '0x5300000000000000000000000000000000000001';
const warp: Hex = '0x0200000000000000000000000000000000000005';
const blackhole: Hex = '0x0100000000000000000000000000000000000000';
const beaconRoots: Hex = '0x000f3df6d732807ef1319fb7b8bb8522d0beac02';
const gwei = 10n ** 9n;

function chain(code: string, options: { config?: object; granite?: boolean; at?: Hex } = {}) {
  const fees = { gasLimit: 8_000_000, targetBlockRate: 2, minBaseFee: 1_000_000_000 };
  const costs = { minBlockGasCost: 0, maxBlockGasCost: 0, blockGasCostStep: 0 };
  const genesis = parseGenesis(
    JSON.stringify({
      config: {
        chainId: 4242,
        feeConfig: { ...fees, targetGas: 15_000_000, baseFeeChangeDenominator: 36, ...costs },
        ...(options.granite === false && { graniteTimestamp: 253_399_622_400 }),
        ...options.config,
      },
      timestamp: `0x${time.toString(16)}`,
      gasLimit: '0x7a1200',
      difficulty: '0x0',
      alloc: {
        [sender.slice(2)]: { balance: '0xd3c21bcecceda1000000' },
        [(options.at ?? probe).slice(2)]: { balance: '0x0', nonce: '0x1', code },
      },
    }),
    { network: 'local' },
  );
  const head = genesisBlock(genesis, pureCrypto);
  return { engine: createEngine({ genesis, state: head.state }), head };
}

function signed(engine: Engine, nonce: number, fields: Record<string, unknown>) {
  const common = engine.common(engine.rules.at(BigInt(time)));
  const fees = { maxFeePerGas: 3n * gwei, maxPriorityFeePerGas: gwei };
  const tx = createTx(
    { type: 2, chainId: 4242n, nonce, gasLimit: 100_000n, ...fees, ...fields } as never,
    { common },
  ).sign(key);
  return parseTransaction(tx.serialize(), common);
}

/** Builds the next block, and has it verified. */
async function mine(
  { engine, head }: { engine: Engine; head: ChainBlock },
  fill: (builder: BlockBuilder) => Promise<void>,
): Promise<ChainBlock> {
  const builder = await createBlockBuilder(engine, head, {
    timestampMilliseconds: BigInt(time + 2) * 1000n,
  });
  await fill(builder);
  const { block, raw } = builder.seal();
  expect((await processBlock(engine, head, raw)).hash).toBe(block.hash);
  return block;
}

const slot = ({ state }: ChainBlock, address: Hex, index: bigint) =>
  bytesToHex(state.getStorage(state.get(address), numberWord(index)));

describe('applyTransaction', () => {
  it.each([
    [
      'TRANSACTION_INVALIDATED',
      '0x5f5f5f5f730200000000000000000000000000000000000001' + '5af400',
      {
        granite: false,
        config: { contractNativeMinterConfig: { blockTimestamp: time, adminAddresses: [sender] } },
      },
    ],
    ['TRANSACTION_UNSUPPORTED', '0x5f5f60c05f5f600a5af1', {}],
  ])(
    'takes everything back from a transaction that %s stops in an inner frame',
    async (code, contract, options) => {
      const setup = chain(contract, options);
      const block = await mine(setup, async (builder) => {
        await expect(builder.add(signed(setup.engine, 0, { to: probe }))).rejects.toMatchObject({
          code,
        });
        const next = await builder.add(signed(setup.engine, 0, { to: blackhole, value: 1n }));
        expect(next.status).toBe(1);
      });
      expect(block.state.get(sender as Hex)?.nonce).toBe(1n);
    },
  );

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
      await builder.add(signed(setup.engine, 0, { to: probe, gasLimit: 7_000_000n }));
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
      await builder.add(signed(setup.engine, 0, { to: undefined, data: '0x00' }));
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
      await builder.add(signed(setup.engine, 0, send(most)));
      await builder.add(signed(setup.engine, 1, send(most + 1)));
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
      expect((await builder.add(signed(setup.engine, 0, fields))).status).toBe(1);
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
