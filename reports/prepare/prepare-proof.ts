import type { Cell, Table } from '../charts/exhibit.js';
import { formatCount } from '../format/format-number.js';
import type { ReportInput } from '../report-input.js';

/** Tables of the chain and of the audit, shown with the reproduction box. */
export function prepareProofTables(input: ReportInput): readonly Table[] {
  const tables: Table[] = [];
  const { audit, chain } = input;
  if (audit !== undefined) {
    tables.push({
      id: 'audit-table',
      caption: `Audit: ${audit.verdict}`,
      columns: [{ label: 'Check' }, { label: 'Status' }, { label: 'Finding' }],
      rows: audit.findings.map((finding): Cell[] => [
        finding.check,
        { text: finding.status, tone: finding.status === 'pass' ? 'good' : 'bad' },
        finding.summary,
      ]),
    });
  }
  if (chain !== undefined) {
    tables.push({
      id: 'contracts-table',
      caption: `Contracts on chain ${chain.chainId} after ${formatCount(chain.blocks)} blocks`,
      columns: [{ label: 'Contract' }, { label: 'Kind' }, { label: 'Address' }],
      rows: chain.contracts.map((contract) => [contract.name, contract.kind, contract.address]),
    });
  }
  return tables;
}
