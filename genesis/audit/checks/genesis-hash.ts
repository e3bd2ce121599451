import type { AuditCheck } from '../audit-evidence.js';
import { type Difference, defineFinding } from '../finding.js';

/** state root and hash of block 0, computed from the file, are those of the manifest. */
export const checkGenesisHash: AuditCheck = async ({ manifest, blockZero }) => {
  const differences: Difference[] = [];
  const compare = (where: string, expected: string, actual: string) => {
    if (expected !== actual) differences.push({ where, expected, actual });
  };
  compare('state root', manifest.genesisStateRoot, blockZero.stateRoot);
  compare('block hash', manifest.genesisHash, blockZero.blockHash);
  const accounts = blockZero.accounts.size;
  return defineFinding(
    'R-8',
    'genesis root and hash',
    `Computed offline from ${accounts} accounts.`,
    differences,
  );
};
