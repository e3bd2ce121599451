import { parseBlock } from '../../evm/block.js';
import { hashHeader } from '../../evm/chain-block.js';
import type { AuditCheck } from '../audit-evidence.js';
import { defineFinding } from '../finding.js';

/** the block that the audit was pinned to is still the chain's at the end. */
export const checkHead: AuditCheck = async ({ source, head, crypto }) => {
  const actual = hashHeader(parseBlock(await source.rawBlock(head.number)).header, crypto);
  return defineFinding(
    'R-62',
    'the same chain at the end',
    `Block ${head.number} asked for again.`,
    actual === head.hash ? [] : [{ where: `block ${head.number}`, expected: head.hash, actual }],
  );
};
