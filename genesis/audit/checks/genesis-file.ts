import { sha256 } from '../../base/hash.js';
import { collectDifferences } from '../collect-differences.js';
import type { AuditCheck } from '../finding.js';

/** the genesis file is the one that the manifest names. */
export const checkGenesisFile: AuditCheck = {
  id: 'genesis-file',
  numbers: ['R-3'],
  title: 'genesis file',
  next: 'Give the genesis.json that masa deploy run wrote beside the manifest, unchanged.',
  async run({ manifest, genesisText }) {
    const { compare, differences } = collectDifferences();
    compare('SHA-256 of the genesis file', manifest.genesisFileHash, sha256(genesisText));
    return {
      detail: `SHA-256 of ${genesisText.length} characters compared with the manifest.`,
      differences,
    };
  },
};
