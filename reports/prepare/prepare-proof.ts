import type { Cell, Table } from '../charts/exhibit.js';
import { formatCount } from '../format/format-number.js';
import type { ReportInput } from '../report-input.js';

/** Tables of the chain, of the audit and of the plan's assumptions, shown with the reproduction box. */
export function prepareProofTables(input: ReportInput): readonly Table[] {
  const tables: Table[] = [];
  const { audit, chain, plan } = input;
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
  const assumed = plan.assumptions.filter((entry) => entry.assumed);
  if (assumed.length > 0) {
    tables.push({
      id: 'assumptions-table',
      caption: `Assumed numbers of the plan: ${assumed.length} of ${plan.assumptions.length} values`,
      collapsed: true,
      columns: [{ label: 'Path' }, { label: 'Value' }, { label: 'Unit' }, { label: 'Why' }],
      rows: assumed.map((entry) => [entry.path, entry.value, entry.unit, entry.source]),
    });
  }
  return tables;
}
