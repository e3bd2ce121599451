import { collectDifferences } from '../collect-differences.js';
import type { AuditCheck } from '../finding.js';
import { hashRawBlock } from '../hash-raw-block.js';

/** the block that the audit was pinned to is still the chain's at the end. */
export const checkHead: AuditCheck = {
  id: 'head',
  numbers: ['R-62'],
  title: 'the same chain at the end',
  next: 'The chain was replaced during the audit, or several nodes answer behind one address: audit one node, once more.',
  async run({ source, head, crypto }) {
    const { compare, differences } = collectDifferences();
    const where = `block ${head.number}`;
    compare(where, head.hash, hashRawBlock(await source.rawBlock(head.number), crypto));
    const later = await source.head();
    if (later.number < head.number)
      compare('last block', `${head.number} or later`, String(later.number));
    return { detail: `Block ${head.number} asked for again.`, differences };
  },
};
