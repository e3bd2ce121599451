import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hex } from '../../base/hash.js';
import { logsBloom } from '../../evm/block-roots.js';
import type { ChainBlock } from '../../evm/chain-block.js';
import { collectDifferences } from '../collect-differences.js';
import type { ReportedReceipt } from '../evidence-source.js';
import type { AuditCheck } from '../finding.js';

/** the receipts that the node reports are those of the replay, with every member that the replay knows. */
export const checkReceipts: AuditCheck = {
  id: 'receipts',
  numbers: ['R-35'],
  title: 'receipts of the node',
  next: 'The node reports results that its own blocks do not have: do not trust its logs and receipts; ask another node.',
  async run({ blocks, source, crypto }) {
    const { compare, differences } = collectDifferences();
    let compared = 0;
    for (const block of blocks.slice(1)) {
      if (block.receipts.length === 0) continue;
      const mine = listReceipts(block, crypto.keccak256);
      const theirs = await source.receipts(Number(block.header.number));
      const where = `block ${block.header.number}`;
      compare(`${where}: receipts`, String(mine.length), String(theirs.length));
      for (const [index, receipt] of mine.entries()) {
        compared += 1;
        const reported = theirs[index];
        if (reported === undefined) continue;
        const place = `${where}: receipt ${index}`;
        const { logs, ...members } = receipt;
        compareMembers(compare, place, members, reported);
        compare(`${place}: logs`, String(logs.length), String(reported.logs.length));
        for (const [position, log] of logs.entries()) {
          const other = reported.logs[position];
          if (other === undefined) continue;
          const { blockTimestamp = log.blockTimestamp } = other;
          compareMembers(compare, `${place}: log ${position}`, log, { ...other, blockTimestamp });
        }
      }
    }
    return { detail: `${compared} receipts compared with the replay.`, differences };
  },
};

/** A block's receipts as a node must report them. */
export function listReceipts(
  { hash, header, receipts }: ChainBlock,
  keccak: (bytes: Uint8Array) => Uint8Array,
): ReportedReceipt[] {
  let logIndex = 0;
  return receipts.map((receipt, transactionIndex) => {
    const place = {
      blockHash: hash,
      blockNumber: header.number,
      transactionHash: receipt.transactionHash,
      transactionIndex: BigInt(transactionIndex),
    };
    const logs = receipt.logs.map(({ address, topics, data }) => {
      logIndex += 1;
      return {
        address,
        topics,
        data,
        ...place,
        blockTimestamp: header.timestamp,
        logIndex: BigInt(logIndex - 1),
        removed: false,
      };
    });
    const { type, from, to, contractAddress, status, gasUsed, cumulativeGasUsed } = receipt;
    return {
      ...place,
      type: BigInt(type),
      from: from.toLowerCase() as Hex,
      to: to?.toLowerCase() as Hex | undefined,
      contractAddress: contractAddress?.toLowerCase() as Hex | undefined,
      status,
      gasUsed,
      cumulativeGasUsed,
      effectiveGasPrice: receipt.effectiveGasPrice,
      logsBloom: `0x${bytesToHex(logsBloom(receipt.logs, keccak))}`,
      logs,
    };
  });
}

/** Compares what the first has, whatever more the second has. */
function compareMembers<T extends object>(
  compare: (where: string, expected: string, actual: string) => void,
  where: string,
  expected: T,
  actual: T,
): void {
  for (const member of Object.keys(expected) as (keyof T & string)[])
    compare(
      `${where}: ${member}`,
      String(expected[member] ?? 'none'),
      String(actual[member] ?? 'none'),
    );
}
