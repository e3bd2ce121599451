import type { AuditCheck } from '../audit-evidence.js';
import { type Difference, defineFinding } from '../finding.js';
import { hashRawBlock } from '../hash-raw-block.js';

/** the chain has the manifest's id, and its block 0 hashes to the computed hash. */
export const checkBlockZero: AuditCheck = async ({
  manifest,
  genesis,
  blockZero,
  source,
  crypto,
}) => {
  const differences: Difference[] = [];
  const chainId = await source.chainId();
  for (const [where, id] of [
    ['chain id of the node', chainId],
    ['chain id of the genesis file', Number(genesis.config.chainId)],
  ] as const) {
    if (id !== manifest.chainId)
      differences.push({ where, expected: String(manifest.chainId), actual: String(id) });
  }
  const actual = hashRawBlock(await source.rawBlock(0), crypto);
  if (actual !== blockZero.blockHash)
    differences.push({ where: 'block 0', expected: blockZero.blockHash, actual });
  return defineFinding(
    'R-9',
    'block 0 of the chain',
    'Header bytes of the node hashed here.',
    differences,
  );
};
