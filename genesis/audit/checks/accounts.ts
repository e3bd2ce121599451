import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hex } from '../../base/hash.js';
import { collectDifferences } from '../collect-differences.js';
import type { AuditCheck } from '../finding.js';

/** balance, nonce, code and storage of every account of block 0 and every contract are those of the replay. */
export const checkAccounts: AuditCheck = {
  id: 'accounts',
  numbers: ['R-45', 'R-42', 'R-46'],
  title: 'accounts of the node',
  next: 'The node answers from a state that its own blocks do not lead to: its files were changed, or it lies; ask another node.',
  async run({ manifest, genesis, blocks, source }) {
    const { state, header } = blocks.at(-1)!;
    const number = Number(header.number);
    const { compare, differences } = collectDifferences();
    const addresses = new Set<Hex>([
      ...genesis.alloc.keys(),
      ...manifest.contracts.map(({ address }) => address.toLowerCase() as Hex),
    ]);
    for (const address of addresses) {
      const mine = state.get(address);
      if (mine === undefined) continue;
      const theirs = await source.account(address, number);
      compare(`${address}: balance`, String(mine.balance), String(theirs.balance));
      compare(`${address}: nonce`, String(mine.nonce), String(theirs.nonce));
      compare(`${address}: code hash`, `0x${bytesToHex(mine.codeHash)}`, theirs.codeHash);
      compare(
        `${address}: storage hash`,
        `0x${bytesToHex(state.storageRoot(mine))}`,
        theirs.storageHash,
      );
      const { accountProof } = state.prove(address, []);
      compare(`${address}: proof`, accountProof.join(' '), theirs.accountProof.join(' '));
      if (mine.code.length > 0)
        compare(
          `${address}: code`,
          `0x${bytesToHex(mine.code)}`,
          await source.code(address, number),
        );
    }
    return {
      detail: `${addresses.size} accounts compared at block ${number}.`,
      differences,
    };
  },
};
