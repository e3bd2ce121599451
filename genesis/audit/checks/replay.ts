import type { AuditCheck } from '../audit-evidence.js';
import { type Difference, defineFinding } from '../finding.js';

/** every block follows from the one before it: senders, gas, fees, roots, header. */
export const checkReplay: AuditCheck = async ({ blocks, broken, head }) => {
  const differences: Difference[] = [];
  if (broken !== undefined) {
    differences.push({
      where: `block ${broken.block}`,
      expected: 'follows from its parent',
      actual: broken.message,
    });
  } else if (blocks.at(-1)!.hash !== head.hash) {
    differences.push({
      where: `block ${head.number}`,
      expected: blocks.at(-1)!.hash,
      actual: head.hash,
    });
  }
  const transactions = blocks.reduce((sum, block) => sum + block.transactions.length, 0);
  return defineFinding(
    'R-37',
    'every block executed again',
    `${blocks.length - 1} blocks and ${transactions} transactions with equal state roots, receipts roots and headers.`,
    differences,
  );
};
