import { collectDifferences } from '../collect-differences.js';
import type { AuditCheck } from '../finding.js';

/** state root and hash of block 0, computed from the file, are the manifest's. */
export const checkGenesisHash: AuditCheck = {
  id: 'genesis-hash',
  numbers: ['R-8', 'R-7'],
  title: 'genesis root and hash',
  next: 'Genesis and manifest belong to different chains; masa genesis diff shows what differs between two genesis files.',
  async run({ manifest, blockZero }) {
    const { compare, differences } = collectDifferences();
    compare('state root of block 0', manifest.genesisStateRoot, blockZero.stateRoot);
    compare('hash of block 0', manifest.genesisHash, blockZero.blockHash);
    return {
      detail: `Computed offline from ${blockZero.accounts.size} accounts.`,
      differences,
    };
  },
};
