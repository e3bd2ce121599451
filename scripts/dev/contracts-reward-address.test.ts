import { createTx } from '@ethereumjs/tx';
import { hexToBytes } from '@noble/hashes/utils.js';
import {
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
} from 'viem';
import { beforeAll, describe, expect, it } from 'vitest';
import { feeSplitter } from '../../contracts/generated/index.js';
import type { Hex } from '../../genesis/base/hash.js';
import {
  type BlockBuilder,
  type ChainBlock,
  createBlockBuilder,
  createEngine,
  type Engine,
  executeCall,
  genesisBlock,
  parseGenesis,
  parseTransaction,
  processBlock,
  pureCrypto,
} from '../../genesis/index.js';

// The splitter as reward address of a chain with the platform's rules: every block's fees arrive without a call, and at
// every block the coins that exist are those of genesis (BI-6) and the splitter's counters equal balances (BI-5).

const time = 1_720_000_000;
const secret = hexToBytes('45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8');
const blackhole: Hex = '0x0100000000000000000000000000000000000000';
const rewardManager: Hex = '0x0200000000000000000000000000000000000004';
const elsewhere: Hex = '0x00000000000000000000000000000000000e15e0';
const payees: readonly Hex[] = [
  '0x00000000000000000000000000000000000000a1',
  '0x00000000000000000000000000000000000000a2',
];
const supply = 1_588_866_523n * 10n ** 18n;
const disabledFrom = time + 100;
const enabledAgainFrom = time + 200;
const managerAbi = [
  {
    type: 'function',
    name: 'setRewardAddress',
    stateMutability: 'nonpayable',
    inputs: [{ name: 'addr', type: 'address' }],
    outputs: [],
  },
  {
    type: 'function',
    name: 'readAllowList',
    stateMutability: 'view',
    inputs: [{ name: 'addr', type: 'address' }],
    outputs: [{ name: 'role', type: 'uint256' }],
  },
] as const;

let engine: Engine;
let head: ChainBlock;
let nonce = 0;
const sender = createTx({ type: 0, gasLimit: 21_000n, to: blackhole })
  .sign(secret)
  .getSenderAddress()
  .toString() as Hex;
const splitter = getContractAddress({ from: sender, nonce: 0n }).toLowerCase() as Hex;

const balance = (address: Hex) => head.state.get(address)?.balance ?? 0n;

async function read(name: 'pending' | 'totalBurned' | 'totalOwed' | 'totalPaid'): Promise<bigint> {
  const data = hexToBytes(
    encodeFunctionData({ abi: feeSplitter.abi, functionName: name }).slice(2),
  );
  const { header, state } = head;
  const { returnValue } = await executeCall(engine, {
    header,
    state,
    message: { to: splitter, data },
  });
  const answer = `0x${Buffer.from(returnValue).toString('hex')}` as const;
  return decodeFunctionResult({ abi: feeSplitter.abi, functionName: name, data: answer });
}

/** Mines a block of calls, lets a verifier accept it, and checks the identities. Returns the fees of the block. */
async function mine(
  calls: readonly { readonly to?: Hex; readonly data?: Hex; readonly value?: bigint }[],
  seconds = 2,
): Promise<bigint> {
  const parent = head;
  const builder: BlockBuilder = await createBlockBuilder(engine, parent, {
    timestampMilliseconds: (parent.header.timestamp + BigInt(seconds)) * 1000n,
  });
  const common = engine.common(engine.rules.at(BigInt(time)));
  let fees = 0n;
  for (const call of calls) {
    const fields = { type: 2, chainId: 4242n, nonce: nonce++, gasLimit: 3_000_000n };
    const tx = createTx(
      {
        ...fields,
        maxFeePerGas: 30n * 10n ** 9n,
        maxPriorityFeePerGas: 10n ** 9n,
        ...call,
      } as never,
      { common },
    ).sign(secret);
    const receipt = await builder.add(parseTransaction(tx.serialize(), common));
    expect(receipt.status).toBe(1);
    fees += receipt.gasUsed * receipt.effectiveGasPrice;
  }
  const { block, raw } = builder.seal();
  head = block;
  expect((await processBlock(engine, parent, raw)).hash).toBe(block.hash);
  const all = [...block.state.accounts()].reduce((sum, [, account]) => sum + account.balance, 0n);
  expect(all).toBe(supply);
  return fees;
}

const distribute = {
  to: splitter,
  data: encodeFunctionData({ abi: feeSplitter.abi, functionName: 'distribute' }),
};
const withdraw = (payee: Hex) => ({
  to: splitter,
  data: encodeFunctionData({ abi: feeSplitter.abi, functionName: 'withdraw', args: [payee] }),
});
const setRewardAddress = (address: Hex) => ({
  to: rewardManager,
  data: encodeFunctionData({ abi: managerAbi, functionName: 'setRewardAddress', args: [address] }),
});

/** Coins that reached the splitter = burned + paid + held, and held = credits + what waits. */
async function expectBooks(arrived: bigint, burnedElsewhere: bigint): Promise<void> {
  const [pending, burned, owed, paid] = await Promise.all([
    read('pending'),
    read('totalBurned'),
    read('totalOwed'),
    read('totalPaid'),
  ]);
  expect(burned + owed + paid + pending).toBe(arrived);
  expect(owed + pending).toBe(balance(splitter));
  expect(burned + burnedElsewhere).toBe(balance(blackhole));
  expect(paid).toBe(payees.reduce((sum, payee) => sum + balance(payee), 0n));
}

beforeAll(() => {
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
        rewardManagerConfig: {
          blockTimestamp: time,
          adminAddresses: [sender],
          initialRewardConfig: { rewardAddress: splitter },
        },
      },
      timestamp: `0x${time.toString(16)}`,
      gasLimit: '0x7a1200',
      difficulty: '0x0',
      alloc: { [sender.slice(2)]: { balance: `0x${supply.toString(16)}` } },
    }),
    {
      network: 'local',
      upgradeText: JSON.stringify({
        precompileUpgrades: [
          { rewardManagerConfig: { blockTimestamp: disabledFrom, disable: true } },
          {
            rewardManagerConfig: {
              blockTimestamp: enabledAgainFrom,
              adminAddresses: [sender],
              initialRewardConfig: { rewardAddress: splitter },
            },
          },
        ],
      }),
    },
  );
  head = genesisBlock(genesis, pureCrypto);
  engine = createEngine({ genesis, state: head.state });
});

describe('the splitter as reward address', () => {
  let arrived = 0n;
  let burnedElsewhere = 0n;

  it('B07: takes the fees of every block without a call, its own creation included', async () => {
    const creation = encodeDeployData({
      abi: feeSplitter.abi,
      bytecode: feeSplitter.creationCode,
      args: [sender, 3_000, payees, [6_000, 4_000]],
    });
    arrived += await mine([{ data: creation }]);
    expect(balance(splitter)).toBe(arrived);
    for (let block = 0; block < 10; block += 1) {
      arrived += await mine([
        { to: elsewhere, value: 7n },
        ...(block % 3 === 0 ? [distribute] : []),
      ]);
      await expectBooks(arrived, burnedElsewhere);
    }
    arrived += await mine([distribute, withdraw(payees[0]!), withdraw(payees[1]!)]);
    await expectBooks(arrived, burnedElsewhere);
    // 30 % of what was split, and less than a wei more for each payee and step.
    const split = arrived - (await read('pending'));
    const burned = await read('totalBurned');
    expect(burned * 10n).toBeGreaterThanOrEqual(split * 3n);
    expect(burned * 10n).toBeLessThan(split * 3n + 10n * 5n * 3n);
  });

  it('B16: accounts for what arrived when the reward address moves away and back', async () => {
    const before = balance(elsewhere);
    arrived += await mine([setRewardAddress(elsewhere)]);
    const away = await mine([distribute, setRewardAddress(splitter)]);
    expect(balance(elsewhere) - before).toBe(away);
    await expectBooks(arrived, burnedElsewhere);
    arrived += await mine([distribute]);
    await expectBooks(arrived, burnedElsewhere);
  });

  it('B17: gets nothing while the reward manager is disabled and all again afterwards', async () => {
    // A block's coinbase is what its parent's state demands, so a switch bites one block later.
    const book = (fees: bigint) => {
      if (head.header.coinbase === splitter) arrived += fees;
      else burnedElsewhere += fees;
    };
    book(await mine([{ to: elsewhere, value: 1n }], disabledFrom - Number(head.header.timestamp)));
    expect(head.header.coinbase).toBe(splitter);
    // What had arrived can still be split and paid.
    book(await mine([distribute, withdraw(payees[0]!)]));
    expect(head.header.coinbase).toBe(blackhole);
    await expectBooks(arrived, burnedElsewhere);
    const again = enabledAgainFrom - Number(head.header.timestamp);
    book(await mine([{ to: elsewhere, value: 1n }], again));
    expect(head.header.coinbase).toBe(blackhole);
    arrived += await mine([distribute]);
    expect(head.header.coinbase).toBe(splitter);
    await expectBooks(arrived, burnedElsewhere);
  });

  it('B19: leaves the black hole without code, nonce and role', async () => {
    const account = head.state.get(blackhole)!;
    expect(account.nonce).toBe(0n);
    expect(account.code ?? new Uint8Array()).toHaveLength(0);
    const data = encodeFunctionData({
      abi: managerAbi,
      functionName: 'readAllowList',
      args: [blackhole],
    });
    const { header, state } = head;
    const message = { to: rewardManager, data: hexToBytes(data.slice(2)) };
    const { returnValue } = await executeCall(engine, { header, state, message });
    expect(BigInt(`0x${Buffer.from(returnValue).toString('hex')}`)).toBe(0n);
  });
});
