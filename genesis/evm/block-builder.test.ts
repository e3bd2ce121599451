import { RLP } from '@ethereumjs/rlp';
import { createTx } from '@ethereumjs/tx';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { type Hex, keccak256 } from '../base/hash.js';
import { parseGenesis } from '../compile/parse-genesis.js';
import { addressWord, numberWord } from '../precompiles/words.js';
import { type BlockBuilder, createBlockBuilder } from './block-builder.js';
import { type ChainBlock, genesisBlock } from './chain-block.js';
import { createEngine, type Engine, pureCrypto } from './engine.js';
import { executeCall } from './execute-call.js';
import { selectorOf } from './precompiles/abi-words.js';
import { processBlock } from './process-block.js';
import { parseTransaction } from './transaction.js';

const time = 1_720_000_000;
const key = hexToBytes('45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8');
const stranger = hexToBytes('46a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8');
const rich = 10n ** 24n;
const splitter: Hex = '0x5300000000000000000000000000000000000001';
const minter: Hex = '0x0200000000000000000000000000000000000001';
const rewards: Hex = '0x0200000000000000000000000000000000000004';
const blackhole: Hex = '0x0100000000000000000000000000000000000000';
const gwei = 10n ** 9n;
// Sets slot 0 to the first word of the call data.
const setter: Hex = '0x5300000000000000000000000000000000000002';

// Asks for the balance of the coinbase.
const watcher: Hex = '0x5300000000000000000000000000000000000003';

// Where the first contract of the first key will stand.
const firstContract = generateContract();

interface Setup {
  engine: Engine;
  head: ChainBlock;
  raws: Hex[];
}

function chain(options: { granite?: boolean; config?: object } = {}): Setup {
  const address = addressOf(key);
  const genesis = parseGenesis(
    JSON.stringify({
      config: {
        chainId: 4242,
        feeConfig: {
          gasLimit: 8_000_000,
          targetBlockRate: 2,
          minBaseFee: 1_000_000_000,
          targetGas: 15_000_000,
          baseFeeChangeDenominator: 36,
          minBlockGasCost: 0,
          maxBlockGasCost: 0,
          blockGasCostStep: 0,
        },
        ...(options.granite ? {} : { graniteTimestamp: 253_399_622_400 }),
        rewardManagerConfig: {
          blockTimestamp: time,
          adminAddresses: [address],
          initialRewardConfig: { rewardAddress: splitter },
        },
        contractNativeMinterConfig: { blockTimestamp: time, adminAddresses: [address] },
        ...options.config,
      },
      timestamp: `0x${time.toString(16)}`,
      gasLimit: '0x7a1200',
      difficulty: '0x0',
      alloc: {
        [address.slice(2)]: { balance: `0x${rich.toString(16)}` },
        [addressOf(stranger).slice(2)]: { balance: `0x${rich.toString(16)}` },
        [setter.slice(2)]: { balance: '0x0', code: '0x5f355f55' },
        [firstContract.slice(2)]: { balance: '0x0', storage: { [numberWord(1n)]: numberWord(9n) } },
        [watcher.slice(2)]: { balance: '0x0', code: '0x4131' },
      },
    }),
    { network: 'local' },
  );
  const head = genesisBlock(genesis, pureCrypto);
  return { engine: createEngine({ genesis, state: head.state }), head, raws: [] };
}

function addressOf(secret: Uint8Array): Hex {
  const tx = createTx({ type: 0, gasLimit: 21_000n, to: `0x${'11'.repeat(20)}` }).sign(secret);
  return tx.getSenderAddress().toString() as Hex;
}

function generateContract(): Hex {
  const hash = keccak256(RLP.encode([hexToBytes(addressOf(key).slice(2)), 0]));
  return `0x${bytesToHex(hash.subarray(12))}`;
}

function signed(engine: Engine, nonce: number, fields: Record<string, unknown>, secret = key) {
  const common = engine.common(engine.rules.at(BigInt(time)));
  const tx = createTx(
    {
      type: 2,
      chainId: 4242n,
      nonce,
      gasLimit: 100_000n,
      maxFeePerGas: 3n * gwei,
      maxPriorityFeePerGas: gwei,
      ...fields,
    } as never,
    { common },
  ).sign(secret);
  return parseTransaction(tx.serialize(), common);
}

async function mine(
  setup: Setup,
  fill: (builder: BlockBuilder) => Promise<void>,
  seconds = 2,
): Promise<ChainBlock> {
  const builder = await createBlockBuilder(setup.engine, setup.head, {
    timestampMilliseconds: (setup.head.header.timestamp + BigInt(seconds)) * 1000n,
  });
  await fill(builder);
  const { block, raw } = builder.seal();
  setup.raws.push(raw);
  const parent = setup.head;
  setup.head = block;
  // What is built here must also be what a verifier accepts.
  const again = await processBlock(setup.engine, parent, raw);
  expect(again.hash).toBe(block.hash);
  return block;
}

const balance = (block: ChainBlock, address: Hex) => block.state.get(address)?.balance ?? 0n;

describe.each([true, false])('createBlockBuilder (Granite %s)', (granite) => {
  it('gives the whole fee to the reward address and refunds nothing', async () => {
    const setup = chain({ granite });
    const { engine } = setup;
    const set = await mine(setup, async (builder) => {
      await builder.add(signed(engine, 0, { to: setter, data: numberWord(7n) }));
    });
    const clear = await mine(setup, async (builder) => {
      await builder.add(signed(engine, 1, { to: setter, data: numberWord(0n) }));
    });
    const [first, second] = [set.receipts[0]!, clear.receipts[0]!];
    expect(balance(set, splitter)).toBe(first.gasUsed * first.effectiveGasPrice);
    expect(balance(clear, splitter) - balance(set, splitter)).toBe(
      second.gasUsed * second.effectiveGasPrice,
    );
    // Clearing a slot costs 5,000 and gives nothing back: 21,000 + 32 zero bytes + three instructions.
    expect(second.gasUsed).toBe(21_000n + 32n * 4n + 2n + 3n + 2n + 5_000n);
    const all = [...clear.state.accounts()].reduce((sum, [, account]) => sum + account.balance, 0n);
    expect(all).toBe(2n * rich);
  });

  it('counts the coinbase as warm', async () => {
    const setup = chain({ granite });
    const block = await mine(setup, async (builder) => {
      await builder.add(signed(setup.engine, 0, { to: watcher }));
    });
    // 21,000, COINBASE 2, BALANCE of a warm account 100.
    expect(block.receipts[0]!.gasUsed).toBe(21_102n);
  });

  it('refuses senders that are not on the transaction allow list', async () => {
    const list = {
      txAllowListConfig: { blockTimestamp: time, enabledAddresses: [addressOf(key)] },
    };
    const setup = chain({ granite, config: list });
    await mine(setup, async (builder) => {
      await expect(
        builder.add(signed(setup.engine, 0, { to: blackhole }, stranger)),
      ).rejects.toMatchObject({
        code: 'TRANSACTION_SENDER_NOT_ALLOWED',
      });
      expect((await builder.add(signed(setup.engine, 0, { to: blackhole }))).status).toBe(1);
    });
  });

  it('creates over an account that has storage but neither nonce nor code', async () => {
    const setup = chain({ granite });
    const created = setup.head.state;
    expect(created.get(firstContract)?.nonce).toBe(0n);
    const block = await mine(setup, async (builder) => {
      const receipt = await builder.add(
        signed(setup.engine, 0, { to: undefined, data: '0x60fe5f5360015ff3' }),
      );
      expect(receipt).toMatchObject({ status: 1, contractAddress: firstContract });
    });
    const account = block.state.get(firstContract)!;
    expect(account.code).toEqual(Uint8Array.of(0xfe));
    // What stood there before is gone.
    expect(account.storage).toBeUndefined();
  });

  it('lets a changed reward address bite in the next block only', async () => {
    const setup = chain({ granite });
    const data = `${selectorOf('setRewardAddress(address)')}${addressWord(blackhole).slice(2)}`;
    const change = await mine(setup, async (builder) => {
      const receipt = await builder.add(signed(setup.engine, 0, { to: rewards, data }));
      expect(receipt.status).toBe(1);
      expect(receipt.logs).toHaveLength(1);
    });
    expect(change.header.coinbase).toBe(splitter);
    const next = await mine(setup, async () => {});
    expect(next.header.coinbase).toBe(blackhole);
  });

  it('mints for who has the role, and takes all gas from who has not', async () => {
    const setup = chain({ granite });
    const data = `${selectorOf('mintNativeCoin(address,uint256)')}${addressWord(blackhole).slice(2)}${numberWord(5n).slice(2)}`;
    const block = await mine(setup, async (builder) => {
      const granted = await builder.add(signed(setup.engine, 0, { to: minter, data }));
      const refused = await builder.add(signed(setup.engine, 0, { to: minter, data }, stranger));
      expect([granted.status, refused.status]).toEqual([1, 0]);
      expect(refused.gasUsed).toBe(100_000n);
    });
    expect(balance(block, blackhole)).toBe(5n);
  });

  it.each([
    ['TRANSACTION_NONCE_TOO_HIGH', { nonce: 1 }],
    ['TRANSACTION_FEE_TOO_LOW', { maxFeePerGas: 1n, maxPriorityFeePerGas: 1n }],
    ['TRANSACTION_INTRINSIC_GAS', { gasLimit: 20_999n }],
    ['TRANSACTION_BLOCK_FULL', { gasLimit: 8_000_001n }],
    ['TRANSACTION_INSUFFICIENT_FUNDS', { value: 10n ** 25n }],
    [
      'TRANSACTION_INIT_CODE_SIZE',
      { to: undefined, gasLimit: 7_000_000n, data: `0x${'00'.repeat(49_153)}` },
    ],
  ])('refuses %s and goes on', async (code, fields) => {
    const setup = chain({ granite });
    // The checks of the library that builds the transaction are not those under test.
    const common = setup.engine.common(setup.engine.rules.at(BigInt(time)));
    const tx = createTx(
      {
        type: 2,
        chainId: 4242n,
        nonce: 0,
        to: blackhole,
        gasLimit: 100_000n,
        maxFeePerGas: 3n * gwei,
        maxPriorityFeePerGas: gwei,
        ...fields,
      } as never,
      { common, allowUnlimitedInitCodeSize: true },
    ).sign(key);
    const bad = {
      ...parseTransaction(signed(setup.engine, 0, { to: blackhole }).raw, common),
      ...pick(tx),
    };
    const block = await mine(setup, async (builder) => {
      await expect(builder.add(bad)).rejects.toMatchObject({ code });
      await builder.add(signed(setup.engine, 0, { to: blackhole, value: 1n }));
    });
    expect(block.receipts).toHaveLength(1);
  });

  it('raises the base fee after busy seconds and lowers it to its floor again', async () => {
    const busy = chain({ granite });
    let nonce = 0;
    for (let round = 0; round < 3; round += 1) {
      await mine(busy, async (builder) => {
        // An endless loop uses all the gas that it is given.
        await builder.add(
          signed(busy.engine, nonce, {
            to: undefined,
            gasLimit: 7_900_000n,
            data: '0x5b5f56',
            maxFeePerGas: 100n * gwei,
          }),
        );
        nonce += 1;
      });
    }
    const high = (await mine(busy, async () => {})).header.baseFee!;
    expect(high).toBeGreaterThan(gwei);
    expect((await mine(busy, async () => {}, 10_000)).header.baseFee).toBe(gwei);
  });

  it('calls without leaving a trace', async () => {
    const { engine, head } = chain({ granite });
    const root = head.state.root;
    const header = { ...head.header, baseFee: head.header.baseFee };
    const result = await executeCall(engine, {
      state: head.state,
      header,
      message: { to: setter, data: hexToBytes('07'.padStart(64, '0')) },
    });
    expect(result.error).toBeUndefined();
    expect(engine.state.world().root).toEqual(root);
    const steps: string[] = [];
    await executeCall(engine, {
      state: head.state,
      header,
      message: { to: setter },
      onStep: (step) => steps.push(step.opcode.name),
    });
    expect(steps).toEqual(['PUSH0', 'CALLDATALOAD', 'PUSH0', 'SSTORE']);
  });
});

function pick(tx: {
  nonce: bigint;
  gasLimit: bigint;
  value: bigint;
  data: Uint8Array;
  to?: { toString(): string } | undefined;
}) {
  const fees = tx as unknown as { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint };
  return {
    nonce: tx.nonce,
    gasLimit: tx.gasLimit,
    value: tx.value,
    data: tx.data,
    to: tx.to?.toString() as Hex | undefined,
    maxFeePerGas: fees.maxFeePerGas,
    maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
  };
}
