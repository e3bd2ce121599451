import { collectDifferences } from '../collect-differences.js';
import type { AuditCheck } from '../finding.js';
import { hashRawBlock } from '../hash-raw-block.js';

/** the chain has the manifest's id, and its block 0 hashes to the computed hash. */
export const checkBlockZero: AuditCheck = {
  id: 'block-zero',
  numbers: ['R-9', 'R-61'],
  title: 'block 0 of the chain',
  next: 'The node runs another chain than the manifest describes: check --rpc, or deploy again on this chain.',
  async run({ manifest, genesis, blockZero, source, crypto }) {
    const { compare, differences } = collectDifferences();
    const id = String(manifest.chainId);
    compare('chain id of the genesis file', id, String(genesis.config.chainId));
    compare(
      'block 0 of the node',
      blockZero.blockHash,
      hashRawBlock(await source.rawBlock(0), crypto),
    );
    compare('chain id of the node', id, String(await source.chainId()));
    return {
      detail: `Chain id ${id}; header bytes of the node hashed here.`,
      differences,
    };
  },
};
