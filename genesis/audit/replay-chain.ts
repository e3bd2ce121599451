import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import type { ParsedGenesis } from '../compile/parsed-genesis.js';
import { type ChainBlock, genesisBlock } from '../evm/chain-block.js';
import { createEngine } from '../evm/engine.js';
import type { NetworkIdentity } from '../evm/precompiles/precompile-call.js';
import { processBlock } from '../evm/process-block.js';
import type { EvmCrypto } from '../evm/types.js';
import type { AuditEvidence } from './audit-evidence.js';
import type { EvidenceSource } from './evidence-source.js';

/**
 * Executes all blocks of a chain again, as far as they follow from one another.
 *
 * @throws ToolkitError `NETWORK_IDENTITY_NEEDED` (exit 2) when a transaction asks warp who this chain is and nobody said it.
 */
export async function replayChain({
  source,
  genesis,
  last,
  crypto,
  network,
  onBlock,
}: {
  readonly source: Pick<EvidenceSource, 'rawBlock'>;
  readonly genesis: ParsedGenesis;
  /** Number of the last block. */
  readonly last: number;
  readonly crypto: EvmCrypto;
  readonly network?: NetworkIdentity | undefined;
  onBlock?(done: number, all: number): void;
}): Promise<Pick<AuditEvidence, 'blocks' | 'broken' | 'engine'>> {
  const blocks: ChainBlock[] = [genesisBlock(genesis, crypto)];
  const unknown = unknownNetwork();
  const state = blocks[0]!.state;
  const engine = createEngine({ genesis, state, crypto, network: network ?? unknown.network });
  const hashOf = (height: bigint) => blocks[Number(height)]?.hash;
  for (let number = 1; number <= last; number += 1) {
    const raw = await askBlock(source, number);
    let broken: Error | undefined;
    try {
      // Bytes that no parser expects are a mismatch like any other; only asking may end the audit.
      if (raw instanceof ToolkitError) throw raw;
      blocks.push(await processBlock(engine, blocks[number - 1]!, raw, hashOf));
    } catch (error) {
      broken = error as Error;
    }
    if (unknown.asked()) refuseUnknownNetwork(number);
    if (broken !== undefined)
      return { blocks, engine, broken: { block: number, message: broken.message } };
    onBlock?.(number, last);
  }
  return { blocks, engine, broken: undefined };
}

/** The bytes of a block, or what is wrong with the answer. */
async function askBlock(
  source: Pick<EvidenceSource, 'rawBlock'>,
  number: number,
): Promise<Hex | ToolkitError> {
  try {
    return await source.rawBlock(number);
  } catch (error) {
    if (error instanceof ToolkitError && error.code === 'EVIDENCE_MALFORMED') return error;
    throw error;
  }
}

/** A placeholder that knows whether anybody looked at it. */
function unknownNetwork(): { readonly network: NetworkIdentity; asked(): boolean } {
  let asked = false;
  return {
    asked: () => asked,
    network: {
      get networkId() {
        asked = true;
        return 0;
      },
      get blockchainId() {
        asked = true;
        return `0x${'0'.repeat(64)}` as const;
      },
    },
  };
}

function refuseUnknownNetwork(block: number): never {
  throw new ToolkitError({
    code: 'NETWORK_IDENTITY_NEEDED',
    message: `A transaction of block ${block} sends a warp message or asks for the blockchain's id, which no block holds.`,
    where: `block ${block}`,
    next: 'Name the network and the chain: --network ID and --blockchain-id ID, both as the node or the P-Chain shows them.',
    exitCode: 2,
  });
}
