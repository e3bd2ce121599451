import type { AuditCheck } from '../audit-evidence.js';
import { defineFinding } from '../finding.js';
import { hashRawBlock } from '../hash-raw-block.js';

/** the block that the audit was pinned to is still the chain's at the end. */
export const checkHead: AuditCheck = async ({ source, head, crypto }) => {
  const actual = hashRawBlock(await source.rawBlock(head.number), crypto);
  return defineFinding(
    'R-62',
    'the same chain at the end',
    `Block ${head.number} asked for again.`,
    actual === head.hash ? [] : [{ where: `block ${head.number}`, expected: head.hash, actual }],
  );
};
