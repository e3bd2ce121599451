import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Hex } from '../base/hash.js';
import { parseGenesis } from '../compile/parse-genesis.js';
import { genesisBlock } from './chain-block.js';
import { createEngine, pureCrypto } from './engine.js';
import { processBlock } from './process-block.js';

function fixture(name: string) {
  const read = (file: string) =>
    readFileSync(new URL(`fixtures/${name}/${file}`, import.meta.url), 'utf8');
  const lines = (file: string) =>
    read(file)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return {
    genesis: read('genesis.json'),
    upgrade: read('upgrade.json'),
    network: JSON.parse(read('network.json')),
    blocks: lines('blocks.jsonl'),
    receipts: lines('receipts.jsonl'),
  };
}

describe.each(['granite', 'before-granite', 'crossing'])('a real chain: %s', (name) => {
  it('is executed again with equal state roots, receipts roots and header hashes', async () => {
    const { genesis: text, upgrade, network, blocks, receipts } = fixture(name);
    const genesis = parseGenesis(text, { network: 'local', upgradeText: upgrade });
    let block = genesisBlock(genesis, pureCrypto);
    expect(block.hash).toBe(blocks[0].hash);
    const engine = createEngine({
      genesis,
      state: block.state,
      network: { networkId: network.networkId, blockchainId: network.blockchainIdHex },
    });
    const hashes: Hex[] = [block.hash];
    const mine: unknown[] = [];
    for (const { raw, hash, number } of blocks.slice(1)) {
      block = await processBlock(engine, block, raw, (height) => hashes[Number(height)]);
      expect(block.hash, `block ${number}`).toBe(hash);
      hashes.push(block.hash);
      mine.push(...block.receipts);
    }
    expect(mine).toHaveLength(receipts.length);
    expect(mine).toMatchObject(
      receipts.map((receipt: Record<string, string>) => ({
        transactionHash: receipt.transactionHash,
        status: receipt.status,
        gasUsed: BigInt(receipt.gasUsed!),
        effectiveGasPrice: BigInt(receipt.effectiveGasPrice!),
      })),
    );
    // A few seconds of work; on a busy machine they may take minutes.
  }, 240_000);
});
