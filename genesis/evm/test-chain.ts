import { createTx } from '@ethereumjs/tx';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { expect } from 'vitest';
import type { Hex } from '../base/hash.js';
import { parseGenesis } from '../compile/parse-genesis.js';
import { numberWord } from '../precompiles/words.js';
import { type BlockBuilder, createBlockBuilder } from './block-builder.js';
import { type ChainBlock, genesisBlock } from './chain-block.js';
import { createEngine, type Engine, pureCrypto } from './engine.js';
import { processBlock } from './process-block.js';
import { parseTransaction } from './transaction.js';

// A small chain for tests of single rules: one rich sender, one contract.

export const testTime = 1_720_000_000;
const key = hexToBytes('45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8');
export const sender = createTx({ type: 0, gasLimit: 21_000n, to: `0x${'11'.repeat(20)}` })
  .sign(key)
  .getSenderAddress()
  .toString() as Hex;
export const probe: Hex = '0x5300000000000000000000000000000000000001';
/** Calls the probe with all its gas. */
const outer: Hex = '0x5300000000000000000000000000000000000002';
export const warp: Hex = '0x0200000000000000000000000000000000000005';
export const blackhole: Hex = '0x0100000000000000000000000000000000000000';
export const beaconRoots: Hex = '0x000f3df6d732807ef1319fb7b8bb8522d0beac02';
const gwei = 10n ** 9n;

export interface TestChain {
  readonly engine: Engine;
  readonly head: ChainBlock;
}

interface TestChainOptions {
  readonly config?: object;
  readonly alloc?: object;
  readonly upgrade?: object;
  readonly granite?: boolean;
  /** Where the contract stands; default `probe`. */
  readonly at?: Hex;
  readonly time?: number;
  readonly chainId?: bigint;
  /** Whether a contract that calls the probe stands beside it. */
  readonly outer?: boolean;
  /** Instead of the real hash function, for the KECCAK256 instruction. */
  readonly keccak?: (bytes: Uint8Array) => Uint8Array;
}

export function chain(code: string, options: TestChainOptions = {}): TestChain {
  const { time = testTime, chainId = 4242n, keccak } = options;
  const fees = { gasLimit: 8_000_000, targetBlockRate: 2, minBaseFee: 1_000_000_000 };
  const costs = { minBlockGasCost: 0, maxBlockGasCost: 0, blockGasCostStep: 0 };
  const text = JSON.stringify({
    config: {
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
      ...(options.outer && {
        [outer.slice(2)]: { balance: '0x0', code: `0x5f5f5f5f5f73${probe.slice(2)}5af100` },
      }),
      ...options.alloc,
    },
  });
  // Through the text, for long chain ids would lose digits.
  const genesis = parseGenesis(text.replace('{"config":{', `{"config":{"chainId":${chainId},`), {
    network: 'local',
    upgradeText: JSON.stringify(options.upgrade ?? {}),
  });
  const head = genesisBlock(genesis, pureCrypto);
  const crypto = { ...pureCrypto, ...(keccak !== undefined && { keccak256: keccak }) };
  return { engine: createEngine({ genesis, state: head.state, crypto }), head };
}

export function signed(
  { engine, head }: TestChain,
  nonce: number,
  fields: Record<string, unknown>,
) {
  const common = engine.common(engine.rules.at(head.header.timestamp));
  const fees = { maxFeePerGas: 3n * gwei, maxPriorityFeePerGas: gwei };
  const tx = createTx(
    { type: 2, chainId: engine.chainId, nonce, gasLimit: 100_000n, ...fees, ...fields } as never,
    { common },
  ).sign(key);
  return parseTransaction(tx.serialize(), common);
}

/** Builds the next block, and has it verified. */
export async function mine(
  { engine, head }: TestChain,
  fill: (builder: BlockBuilder) => Promise<void>,
): Promise<ChainBlock> {
  const builder = await createBlockBuilder(engine, head, {
    timestampMilliseconds: (head.header.timestamp + 2n) * 1000n,
  });
  await fill(builder);
  const { block, raw } = builder.seal();
  expect((await processBlock(engine, head, raw)).hash).toBe(block.hash);
  return block;
}

export const slot = ({ state }: ChainBlock, address: Hex, index: bigint) =>
  bytesToHex(state.getStorage(state.get(address), numberWord(index)));
