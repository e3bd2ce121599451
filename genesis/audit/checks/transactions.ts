import type { Hex } from '../../base/hash.js';
import { collectDifferences } from '../collect-differences.js';
import type { AuditCheck } from '../finding.js';

/**
 * the manifest's transactions are in the blocks that it names, succeeded and used the stated gas; contracts
 * that it says a transaction made were made by it. Other transactions that call its contracts are counted, not refused.
 */
export const checkTransactions: AuditCheck = {
  id: 'transactions',
  numbers: ['R-40', 'R-29'],
  title: 'transactions of the deployment',
  next: 'The chain does not hold the deployment that the manifest tells of: audit the node that it was made on, or deploy again.',
  async run({ manifest, blocks }) {
    const { compare, differences } = collectDifferences();
    const found = new Map(
      blocks.flatMap(({ header, receipts, state }, index) =>
        receipts.map(
          (receipt) =>
            [
              receipt.transactionHash,
              { ...receipt, number: header.number, state, before: blocks[index - 1]!.state },
            ] as const,
        ),
      ),
    );
    const own = new Set<string>();
    for (const { step, hash, blockNumber, gasUsed } of manifest.transactions) {
      if (hash === undefined) continue;
      own.add(hash);
      const receipt = found.get(hash as Hex);
      compare(`${step}: transaction ${hash}`, 'on the chain', receipt ? 'on the chain' : 'absent');
      if (receipt === undefined) continue;
      compare(`${step}: status`, '1', String(receipt.status));
      compare(`${step}: block`, String(blockNumber), String(receipt.number));
      compare(`${step}: gas`, String(gasUsed), String(receipt.gasUsed));
    }
    const addresses = new Set<string>();
    for (const { name, address, kind, transactionHash } of manifest.contracts) {
      const place = address.toLowerCase() as Hex;
      addresses.add(place);
      if (transactionHash === undefined) {
        // A step that found its contract already made sends nothing.
        if (kind === 'predeploy')
          compare(`${name}: in block 0`, 'yes', blocks[0]!.state.get(place) ? 'yes' : 'no');
        continue;
      }
      const made = found.get(transactionHash as Hex);
      const size = (state: (typeof blocks)[number]['state'] | undefined) =>
        (state?.get(place)?.code.length ?? 0) > 0;
      compare(
        `${name}: made by ${transactionHash}`,
        'yes',
        made !== undefined && !size(made.before) && size(made.state) ? 'yes' : 'no',
      );
    }
    const others = [...found.values()].filter(
      ({ transactionHash, to }) =>
        to !== undefined && addresses.has(to.toLowerCase()) && !own.has(transactionHash),
    );
    return {
      detail: `${own.size} transactions of the deployment found; ${others.length} others call its contracts.`,
      differences,
    };
  },
};
