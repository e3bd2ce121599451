import type { AuditCheck } from '../audit-evidence.js';
import { type Difference, defineFinding } from '../finding.js';

/** the receipts that the node reports are those of the replay. */
export const checkReceipts: AuditCheck = async ({ blocks, source }) => {
  const differences: Difference[] = [];
  let compared = 0;
  for (const { header, receipts } of blocks.slice(1)) {
    const reported = receipts.length === 0 ? [] : await source.receipts(Number(header.number));
    const text = (list: readonly object[]) =>
      list.map((receipt) => {
        const { transactionHash, status, cumulativeGasUsed, logs } =
          receipt as (typeof reported)[number];
        const plain = logs.map(({ address, topics, data }) => ({ address, topics, data }));
        return JSON.stringify([transactionHash, status, String(cumulativeGasUsed), plain]);
      });
    const [mine, theirs] = [text(receipts), text(reported)];
    for (let index = 0; index < Math.max(mine.length, theirs.length); index += 1) {
      compared += 1;
      if (mine[index] === theirs[index]) continue;
      const where = `block ${header.number}, receipt ${index}`;
      differences.push({ where, expected: mine[index] ?? 'none', actual: theirs[index] ?? 'none' });
    }
  }
  return defineFinding(
    'R-35',
    'receipts of the node',
    `${compared} receipts compared with the replay.`,
    differences,
  );
};
