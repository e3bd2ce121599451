import { sha256 } from '../../base/hash.js';
import type { AuditCheck } from '../audit-evidence.js';
import { defineFinding } from '../finding.js';

/** the genesis file is the one that the manifest names. */
export const checkGenesisFile: AuditCheck = async ({ manifest, genesisText }) => {
  const actual = sha256(genesisText);
  return defineFinding(
    'R-3',
    'genesis file',
    `SHA-256 of ${genesisText.length} characters compared with the manifest.`,
    actual === manifest.genesisFileHash
      ? []
      : [{ where: 'genesis file', expected: manifest.genesisFileHash, actual }],
  );
};
