import { bytesToHex } from '@noble/hashes/utils.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { parseGenesis } from '../../../genesis/compile/parse-genesis.js';
import { encodeBlock } from '../../../genesis/evm/block.js';
import { createBlockBuilder } from '../../../genesis/evm/block-builder.js';
import { type ChainBlock, genesisBlock } from '../../../genesis/evm/chain-block.js';
import { createEngine, type Engine } from '../../../genesis/evm/engine.js';
import { processBlock } from '../../../genesis/evm/process-block.js';
import { parseTransaction } from '../../../genesis/evm/transaction.js';
import type { BlockHeader, EvmCrypto } from '../../../genesis/evm/types.js';
import { Dice } from './dice.js';
import { everywhere } from './places.js';
import { randomGenesis } from './random-genesis.js';
import { randomTransaction } from './random-transaction.js';

/** A chain as the Go oracle reads it. */
export interface RandomChain {
  readonly seed: number;
  readonly genesis: string;
  readonly upgrade: string;
  readonly networkId: number;
  readonly chainId: Hex;
  readonly blocks: readonly RandomBlock[];
}

interface RandomBlock {
  readonly raw: Hex;
  /** Status, gas used, number of logs. */
  readonly receipts: readonly (readonly [number, number, number])[];
  /** Transactions that this engine refused, with how many stood in the block before. */
  readonly refused: readonly { readonly position: number; readonly raw: Hex }[];
  /** Whether this engine takes the block. */
  readonly valid: boolean;
  /** Whether the chain goes on from another block. */
  readonly side: boolean;
}

/** Builds a random chain with this engine. A seed always gives the same one. */
export async function randomChain(
  seed: number,
  length: number,
  crypto: EvmCrypto,
): Promise<RandomChain> {
  const dice = new Dice(seed);
  const made = randomGenesis(dice);
  const genesis = parseGenesis(made.genesis, { network: 'local', upgradeText: made.upgrade });
  const network = { networkId: dice.between(1, 99_999), blockchainId: dice.hex(32) };
  let head = genesisBlock(genesis, crypto);
  const engine = createEngine({ genesis, state: head.state, crypto, network });
  const hashes: Hex[] = [head.hash];
  const blockHash = (height: bigint) => hashes[Number(height)];
  const blocks: RandomBlock[] = [];
  for (let tries = 2 * length; hashes.length <= length && tries > 0; tries -= 1) {
    const made = await randomBlock(dice, engine, head, blockHash);
    // Nobody may send any more: the chain has come to its end.
    if (made === undefined) break;
    const { block, raw, receipts, refused } = made;
    const judge = async (candidate: Hex, side: boolean) => {
      let valid = true;
      try {
        await processBlock(engine, head, candidate, blockHash);
      } catch (error) {
        if (!(error instanceof ToolkitError)) throw error;
        valid = false;
      }
      blocks.push({ raw: candidate, receipts, refused, valid, side });
      return valid;
    };
    if (dice.chance(0.2)) {
      const raws = block.transactions.map((transaction) => transaction.raw);
      await judge(encodeBlock(changedHeader(dice, block.header), raws), true);
    }
    // Before Granite blocks may pay too little for their speed, and are refused.
    if (!(await judge(raw, false))) continue;
    hashes.push(block.hash);
    head = block;
  }
  return {
    seed,
    genesis: made.genesis,
    upgrade: made.upgrade,
    networkId: network.networkId,
    chainId: network.blockchainId,
    blocks,
  };
}

async function randomBlock(
  dice: Dice,
  engine: Engine,
  parent: ChainBlock,
  blockHash: (height: bigint) => Hex | undefined,
) {
  const before = parent.header.timeMilliseconds ?? parent.header.timestamp * 1000n;
  const pause = dice.chance(0.05) ? dice.between(11, 90) : dice.between(0, 4);
  let time = before + BigInt(pause * 1000 + dice.below(1000));
  if (engine.rules.at(time / 1000n).granite && time < before + 2000n) time = before + 2000n;
  const parameters = { timestampMilliseconds: time, coinbase: dice.pick(everywhere), blockHash };
  const builder = await createBlockBuilder(engine, parent, parameters).catch((error: unknown) => {
    // The fee settings went with an account that was empty: nodes divide by zero here.
    if (error instanceof ToolkitError && error.code === 'BLOCK_TARGET_GAS') return undefined;
    throw error;
  });
  if (builder === undefined) return undefined;
  const common = engine.common(engine.rules.at(builder.header.timestamp));
  const refused: { position: number; raw: Hex }[] = [];
  const receipts: [number, number, number][] = [];
  for (let left = dice.between(1, 8); left > 0 || receipts.length === 0; left -= 1) {
    if (left < -30) return undefined;
    const raw = randomTransaction(dice, {
      chainId: engine.chainId,
      baseFee: builder.header.baseFee ?? 0n,
      gasLimit: builder.header.gasLimit,
      nonceOf: (address) => engine.state.readAccount(address)?.nonce ?? 0n,
    });
    try {
      const receipt = await builder.add(parseTransaction(raw, common));
      receipts.push([receipt.status, Number(receipt.gasUsed), receipt.logs.length]);
    } catch (error) {
      if (!(error instanceof ToolkitError)) throw error;
      refused.push({ position: receipts.length, raw: `0x${bytesToHex(raw)}` });
    }
  }
  return { ...builder.seal(), receipts, refused };
}

/** The header with one member that is a little different. */
function changedHeader(dice: Dice, header: BlockHeader): BlockHeader {
  const by = (value: bigint | undefined) => {
    if (value === undefined) return dice.chance(0.5) ? 0n : 1n;
    const step = BigInt(dice.pick([-200, -2, -1, 1, 2, 200, 201]));
    return value + step < 0n ? 0n : value + step;
  };
  const flipped = (hex: Hex): Hex => {
    const at = 2 + dice.below(hex.length - 2);
    return `${hex.slice(0, at)}${hex[at] === '1' ? '2' : '1'}${hex.slice(at + 1)}` as Hex;
  };
  const numbers = ['gasLimit', 'gasUsed', 'number', 'baseFee', 'blockGasCost'] as const;
  const optional = ['minDelayExcess', 'timeMilliseconds'] as const;
  const texts = ['coinbase', 'stateRoot', 'receiptsRoot', 'extraData', 'logsBloom'] as const;
  const kind = dice.below(14);
  if (kind < 5) return { ...header, [numbers[kind]!]: by(header[numbers[kind]!]) };
  if (kind < 7) return { ...header, [optional[kind - 5]!]: by(header[optional[kind - 5]!]) };
  if (kind < 12) return { ...header, [texts[kind - 7]!]: flipped(header[texts[kind - 7]!]) };
  if (kind === 12) return { ...header, extraData: `${header.extraData}00` };
  const later = BigInt(dice.between(1, 30));
  return {
    ...header,
    timestamp: header.timestamp + later,
    ...(header.timeMilliseconds !== undefined && {
      timeMilliseconds: header.timeMilliseconds + later * 1000n,
    }),
  };
}
