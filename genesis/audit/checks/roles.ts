import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hex } from '../../base/hash.js';
import { roleSlot } from '../../precompiles/allow-list.js';
import { precompiles } from '../../precompiles/registry.js';
import { warp } from '../../precompiles/warp.js';
import type { AuditCheck } from '../audit-evidence.js';
import { type Difference, defineFinding } from '../finding.js';

/** R-13, R-49: accounts that must hold no role hold none at any precompile, and the manifest gives them none. */
export const checkRoles: AuditCheck = async ({ manifest, blocks }) => {
  const { state } = blocks.at(-1)!;
  const differences: Difference[] = [];
  for (const account of manifest.rolelessAccounts) {
    for (const { address, title } of precompiles) {
      if (address === warp.address) continue;
      const word = bytesToHex(state.getStorage(state.get(address), roleSlot(account as Hex)));
      if (word !== '')
        differences.push({
          where: `${title}: ${account}`,
          expected: 'no role',
          actual: `role ${BigInt(`0x${word}`)}`,
        });
    }
    for (const { contract, role, holders } of manifest.roles) {
      if (holders.some((holder) => holder.toLowerCase() === account.toLowerCase())) {
        differences.push({ where: `${contract}: ${account}`, expected: 'no role', actual: role });
      }
    }
  }
  return defineFinding(
    'R-49',
    'accounts without roles',
    manifest.rolelessAccounts.join(', '),
    differences,
  );
};
