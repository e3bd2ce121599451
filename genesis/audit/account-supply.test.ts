import { readFileSync } from 'node:fs';
import { createTx } from '@ethereumjs/tx';
import { hexToBytes } from '@noble/hashes/utils.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadNativeCrypto } from '../../subnet/clients/native-crypto.js';
import type { Hex } from '../base/hash.js';
import { hashGenesis } from '../compile/hash-genesis.js';
import { parseGenesis } from '../compile/parse-genesis.js';
import { createBlockBuilder } from '../evm/block-builder.js';
import { type ChainBlock, genesisBlock } from '../evm/chain-block.js';
import { createEngine, type Engine, pureCrypto } from '../evm/engine.js';
import { parseTransaction } from '../evm/transaction.js';
import type { WorldState } from '../evm/world-state.js';
import { accountSupply } from './account-supply.js';
import type { AuditEvidence } from './audit-evidence.js';
import { checkSupply } from './checks/supply.js';
import { replayChain } from './replay-chain.js';

const read = (chain: string, file: string) =>
  readFileSync(new URL(`../evm/fixtures/${chain}/${file}`, import.meta.url), 'utf8');

async function recorded(chain: string) {
  const raws = read(chain, 'blocks.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).raw as Hex);
  const { networkId, blockchainIdHex } = JSON.parse(read(chain, 'network.json'));
  return {
    genesis: parseGenesis(read(chain, 'genesis.json'), {
      upgradeText: read(chain, 'upgrade.json'),
    }),
    last: raws.length - 1,
    source: { rawBlock: async (number: number) => raws[number]! },
    crypto: await loadNativeCrypto(),
    network: { networkId, blockchainId: blockchainIdHex as Hex },
  };
}

function sumBalances(state: WorldState): bigint {
  return [...state.accounts()].reduce((sum, [, { balance }]) => sum + balance, 0n);
}

/** The check over an evidence of which it looks at three members. */
function check(genesis: AuditEvidence['genesis'], engine: Engine, blocks: readonly ChainBlock[]) {
  const evidence = { blockZero: hashGenesis(genesis), engine, blocks };
  return checkSupply.run(evidence as unknown as AuditEvidence);
}

describe.each([['granite'], ['crossing']])('a recorded chain: %s', (chain) => {
  let parameters: Awaited<ReturnType<typeof recorded>>;
  let replayed: Awaited<ReturnType<typeof replayChain>>;
  beforeAll(async () => {
    parameters = await recorded(chain);
    replayed = await replayChain(parameters);
  });

  it('accounts for every wei of every block by name', async () => {
    const { blocks, engine, broken } = replayed;
    expect(broken).toBeUndefined();
    const entries = accountSupply(blocks, () => true);
    for (const [index, { header, state }] of blocks.entries()) {
      if (index === 0) continue;
      const named = entries
        .filter(({ block }) => block === header.number)
        .reduce((sum, { amount }) => sum + amount, 0n);
      // Nothing of the entries' own arithmetic: all balances before and after.
      expect(named, `block ${header.number}`).toBe(
        sumBalances(state) - sumBalances(blocks[index - 1]!.state),
      );
    }
    // What five precompiles still held when an upgrade disabled them, 29 wei together.
    const destroyed = entries.filter(({ cause }) => cause === 'destroyed');
    const before = ({ block, name }: (typeof destroyed)[number]) =>
      blocks[Number(block) - 1]!.state.get(name.match(/0x[0-9a-f]{40}/)![0] as Hex)!.balance;
    expect(destroyed.map(({ amount }) => amount)).toEqual([-9n, -5n, -5n, -5n, -5n]);
    expect(destroyed.map(before)).toEqual([9n, 5n, 5n, 5n, 5n]);
    for (const { block, name } of destroyed) {
      const address = name.match(/0x[0-9a-f]{40}/)![0] as Hex;
      expect(blocks[Number(block)]!.state.get(address)?.balance ?? 0n).toBe(0n);
    }
    expect(destroyed[0]!.name).toContain(
      'destroyed with the account of native minter (0x0200000000000000000000000000000000000001), which an upgrade disabled, in block ',
    );
    const outcome = await check(parameters.genesis, engine, blocks);
    expect(outcome.differences).toEqual([]);
    expect(outcome.detail).toContain('- destroyed 29 = balances');
    expect(outcome.notes).toHaveLength(entries.length);
  });

  it.each<[string, (block: ChainBlock) => ChainBlock]>([
    [
      'a minter that wrote no log',
      (block) => ({ ...block, receipts: block.receipts.map((one) => ({ ...one, logs: [] })) }),
    ],
    ['an upgrade that is kept quiet', (block) => ({ ...block, upgradeEffects: [] })],
    [
      'a transaction that says it changed nothing',
      (block) => ({
        ...block,
        receipts: block.receipts.map((one) => ({ ...one, supplyChange: 0n })),
      }),
    ],
  ])('fails for %s', async (_, change) => {
    const { blocks, engine } = replayed;
    const { differences } = await check(parameters.genesis, engine, blocks.map(change));
    expect(differences.length).toBeGreaterThan(0);
  });
});

describe('contracts that destroy themselves', () => {
  const time = 1_720_000_000;
  const key = hexToBytes('45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8');
  const sender = createTx({ type: 0, gasLimit: 21_000n, to: `0x${'11'.repeat(20)}` })
    .sign(key)
    .getSenderAddress()
    .toString();
  const place: Hex = '0x5300000000000000000000000000000000000001';

  async function run(options: {
    readonly code?: string;
    readonly data?: Hex;
    readonly value: bigint;
    readonly config?: object;
  }) {
    const fees = { gasLimit: 8_000_000, targetBlockRate: 2, minBaseFee: 1, targetGas: 1_000_000 };
    const costs = { minBlockGasCost: 0, maxBlockGasCost: 0, blockGasCostStep: 0 };
    const genesis = parseGenesis(
      JSON.stringify({
        config: {
          chainId: 4242,
          feeConfig: { ...fees, baseFeeChangeDenominator: 36, ...costs },
          ...options.config,
        },
        timestamp: `0x${time.toString(16)}`,
        gasLimit: '0x7a1200',
        difficulty: '0x0',
        alloc: {
          [sender.slice(2)]: { balance: '0xd3c21bcecceda1000000' },
          [place.slice(2)]: { balance: '0x7', nonce: '0x1', code: options.code ?? '0x00' },
        },
      }),
    );
    const head = genesisBlock(genesis, pureCrypto);
    const engine = createEngine({ genesis, state: head.state });
    const builder = await createBlockBuilder(engine, head, {
      timestampMilliseconds: BigInt(time + 10) * 1000n,
    });
    const common = engine.common(engine.rules.at(BigInt(time)));
    const { data = '0x', value } = options;
    const fields = { type: 2, chainId: 4242n, nonce: 0, gasLimit: 200_000n, maxFeePerGas: 1000n };
    const to = options.code === undefined ? {} : { to: place };
    const tx = createTx({ ...fields, ...to, data, value } as never, { common }).sign(key);
    const receipt = await builder.add(parseTransaction(tx.serialize(), common));
    const { block } = builder.seal();
    const logged = engine.rules.at(block.header.timestamp).durango;
    return {
      receipt,
      block,
      entries: accountSupply([head, block], () => logged),
      outcome: await check(genesis, engine, [head, block]),
      change: sumBalances(block.state) - sumBalances(head.state),
    };
  }

  it('names what is lost when a contract pays itself in the transaction that made it (EIP-6780)', async () => {
    // Init code: ADDRESS SELFDESTRUCT.
    const { entries, outcome, change, receipt } = await run({ data: '0x30ff', value: 1_234n });
    expect(change).toBe(-1_234n);
    expect(entries).toMatchObject([{ cause: 'destroyed', amount: -1_234n, block: 1n }]);
    expect(entries[0]!.name).toBe(
      `destroyed by self-destruct of ${receipt.contractAddress} in block 1, transaction ${receipt.transactionHash}`,
    );
    expect(outcome.differences).toEqual([]);
  });

  it('finds nothing lost when the coins go to somebody else', async () => {
    // Init code: CALLER SELFDESTRUCT.
    const { entries, change } = await run({ data: '0x33ff', value: 1_234n });
    expect([entries, change]).toEqual([[], 0n]);
  });

  it('finds nothing lost when an older contract pays itself, since Etna', async () => {
    const { entries, change, block } = await run({ code: '0x30ff', value: 5n });
    expect([entries, change]).toEqual([[], 0n]);
    expect(block.state.get(place)!.balance).toBe(12n);
  });

  it('names what an older contract took along before Etna', async () => {
    const config = { durangoTimestamp: time - 1, etnaTimestamp: 253_399_622_400 };
    const later = { fortunaTimestamp: 253_399_622_400, graniteTimestamp: 253_399_622_400 };
    const { entries, change, outcome } = await run({
      code: '0x30ff',
      value: 5n,
      config: { ...config, ...later },
    });
    expect(change).toBe(-12n);
    expect(entries).toMatchObject([{ cause: 'destroyed', amount: -12n }]);
    expect(outcome.differences).toEqual([]);
  });

  it('counts nothing for a transaction that failed', async () => {
    // ADDRESS SELFDESTRUCT cannot be reached again: a contract is made that destroys itself, then everything is reverted.
    // PUSH2 30ff PUSH0 MSTORE PUSH1 2 PUSH1 30 PUSH1 5 CREATE PUSH0 PUSH0 REVERT
    const { entries, change, receipt } = await run({
      code: '0x6130ff5f526002601e6005f05f5ffd',
      value: 5n,
    });
    expect(receipt.status).toBe(0);
    expect([entries, change]).toEqual([[], 0n]);
  });

  it('names each coin of a contract that makes one which destroys itself', async () => {
    const { entries, change } = await run({ code: '0x6130ff5f526002601e6005f000', value: 5n });
    expect(change).toBe(-5n);
    expect(entries).toMatchObject([{ cause: 'destroyed', amount: -5n }]);
  });
});
