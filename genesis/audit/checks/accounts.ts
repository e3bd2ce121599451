import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hex } from '../../base/hash.js';
import type { AuditCheck } from '../audit-evidence.js';
import { type Difference, defineFinding } from '../finding.js';

/** balance, nonce, code and storage of every account of block 0 and every contract are those of the replay. */
export const checkAccounts: AuditCheck = async ({ manifest, genesis, blocks, source }) => {
  const { state, header } = blocks.at(-1)!;
  const number = Number(header.number);
  const differences: Difference[] = [];
  const addresses = new Set<Hex>([
    ...genesis.alloc.keys(),
    ...manifest.contracts.map(({ address }) => address.toLowerCase() as Hex),
  ]);
  for (const address of addresses) {
    const mine = state.get(address);
    if (mine === undefined) continue;
    const theirs = await source.account(address, number);
    const compare = (what: string, expected: string, actual: string) => {
      if (expected !== actual) differences.push({ where: `${address}: ${what}`, expected, actual });
    };
    compare('balance', String(mine.balance), String(theirs.balance));
    compare('nonce', String(mine.nonce), String(theirs.nonce));
    compare('code hash', `0x${bytesToHex(mine.codeHash)}`, theirs.codeHash);
    compare('storage hash', `0x${bytesToHex(state.storageRoot(mine))}`, theirs.storageHash);
    if (mine.code.length > 0)
      compare('code', `0x${bytesToHex(mine.code)}`, await source.code(address, number));
  }
  return defineFinding(
    'R-45',
    'accounts of the node',
    `${addresses.size} accounts compared at block ${number}.`,
    differences,
  );
};
