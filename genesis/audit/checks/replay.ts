import { collectDifferences } from '../collect-differences.js';
import type { AuditCheck } from '../finding.js';

/**
 * every block follows from the one before it: senders, gas, fees, roots, header; where the fees go
 * is told for each change.
 */
export const checkReplay: AuditCheck = {
  id: 'replay',
  numbers: ['R-37', 'R-34', 'R-36', 'R-38', 'R-39', 'R-41', 'R-54'],
  title: 'every block executed again',
  next: 'The node shows a block that its own rules do not allow, or it runs with an upgrade.json that was not given (--upgrade).',
  async run({ blocks, broken, head }) {
    const { compare, differences } = collectDifferences();
    if (broken !== undefined)
      compare(`block ${broken.block}`, 'follows from its parent', broken.message);
    else compare(`block ${head.number}`, blocks.at(-1)!.hash, head.hash);
    const transactions = blocks.reduce((sum, block) => sum + block.transactions.length, 0);
    const notes = blocks.slice(1).flatMap(({ header: { number, coinbase } }, index) => {
      const before = index === 0 ? undefined : blocks[index]!.header.coinbase;
      return coinbase === before ? [] : [`fees go to ${coinbase} from block ${number}`];
    });
    return {
      detail: `${blocks.length - 1} blocks and ${transactions} transactions with equal state roots, receipts roots and headers.`,
      differences,
      notes,
    };
  },
};
