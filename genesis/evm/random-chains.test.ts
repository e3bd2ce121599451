import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import { parseGenesis } from '../compile/parse-genesis.js';
import { genesisBlock } from './chain-block.js';
import { createEngine, pureCrypto } from './engine.js';
import { processBlock } from './process-block.js';

interface RandomChain {
  readonly seed: number;
  readonly genesis: string;
  readonly upgrade: string;
  readonly networkId: number;
  readonly chainId: Hex;
  /** In order; `side` ones have no child, those that are not `valid` were refused by the node. */
  readonly blocks: readonly {
    readonly raw: Hex;
    readonly valid: boolean;
    readonly side: boolean;
  }[];
}

const chains = gunzipSync(readFileSync(new URL('fixtures/random-chains.jsonl.gz', import.meta.url)))
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RandomChain);

describe('random chains, judged by Subnet-EVM v1.14.2', () => {
  it.each(chains)(
    'takes and refuses the same blocks: seed $seed',
    async (chain) => {
      const genesis = parseGenesis(chain.genesis, { network: 'local', upgradeText: chain.upgrade });
      let head = genesisBlock(genesis, pureCrypto);
      const network = { networkId: chain.networkId, blockchainId: chain.chainId };
      const engine = createEngine({ genesis, state: head.state, network });
      const hashes: Hex[] = [head.hash];
      for (const [index, { raw, valid, side }] of chain.blocks.entries()) {
        const processed = processBlock(engine, head, raw, (height) => hashes[Number(height)]);
        if (!valid) {
          await expect(processed, `block ${index}`).rejects.toBeInstanceOf(ToolkitError);
          continue;
        }
        const block = await processed;
        if (side) continue;
        hashes.push(block.hash);
        head = block;
      }
    },
    240_000,
  );

  it('has blocks of both kinds', () => {
    const blocks = chains.flatMap((chain) => chain.blocks);
    expect(blocks.filter(({ valid }) => valid).length).toBeGreaterThan(300);
    expect(blocks.filter(({ valid }) => !valid).length).toBeGreaterThan(50);
  });
});
