import { formatMicro, formatMicroRounded } from '../format/format-number.js';
import type { BalanceSheet, FlowMatrix } from '../report-input.js';
import type { Cell, Exhibit, Table } from './exhibit.js';

export interface FlowMatrixData {
  readonly symbol: string;
  readonly flows: FlowMatrix;
  readonly balanceSheets: readonly BalanceSheet[];
}

/** Exhibit 24: sources and uses of tokens by sector and mechanism, and the sectors' balances. */
export function flowMatrixExhibit(data: FlowMatrixData): Exhibit {
  const { flows } = data;
  const rowSums = flows.rows.map((row) => row.netMicro.reduce((sum, value) => sum + value, 0n));
  const columnSums = flows.sectors.map((_, index) =>
    flows.rows.reduce((sum, row) => sum + (row.netMicro[index] ?? 0n), 0n),
  );
  const balanced = rowSums.every((sum) => sum === 0n);
  const changes = changesOf(data);
  const tables: Table[] = [
    {
      id: 'flow-matrix-table',
      caption: `Transaction-flow matrix in ${data.symbol}: ${flows.label}`,
      columns: [
        { label: 'Mechanism' },
        ...flows.sectors.map((sector) => ({ label: sector.label, numeric: true })),
        { label: 'Row sum', numeric: true },
      ],
      rows: flows.rows.map((row, index): Cell[] => [
        { text: row.label, tone: 'strong' },
        ...row.netMicro.map(amountCell),
        sumCell(rowSums[index]!),
      ]),
      footer:
        changes === undefined
          ? []
          : [
              [
                { text: 'Less: change in balance', tone: 'strong' },
                ...changes.map((change) => amountCell(-change)),
                sumCell(changes.reduce((sum, change) => sum - change, 0n)),
              ],
              [
                { text: 'Column sum', tone: 'strong' },
                ...columnSums.map((sum, index) => sumCell(sum - changes[index]!)),
                sumCell(
                  columnSums.reduce((sum, value, index) => sum + value - changes[index]!, 0n),
                ),
              ],
            ],
    },
  ];
  const identity = changes?.every((change, index) => change === columnSums[index]);
  if (data.balanceSheets.length > 0) tables.push(balanceTable(data, columnSums));
  return {
    number: 24,
    id: 'flow-matrix',
    title: 'Sources and uses of tokens',
    lead: balanced
      ? `Every payment has a payer: all ${flows.rows.length} mechanisms sum to zero over ${flows.sectors.length} sectors, exactly.${
          identity === undefined
            ? ''
            : identity
              ? ' The flows explain every change between the balance sheets.'
              : ' The flows do NOT explain the change between the balance sheets.'
        }`
      : 'The matrix does not balance: at least one mechanism creates or loses tokens.',
    charts: [],
    tables,
    definition:
      'Receipts are positive, payments negative; each row is one mechanism and sums to zero because every movement is a transfer between two named accounts. Each column sums to zero with the change in balance as the last entry. Amounts are shown in whole tokens; the sums are computed and checked in micro-tokens (1e-6), without rounding.',
    assumed: ['Nothing: these are the recorded transfers of the run.'],
  };
}

function balanceTable(data: FlowMatrixData, columnSums: readonly bigint[]): Table {
  const sheets = data.balanceSheets;
  const first = sheets[0]!;
  const last = sheets.at(-1)!;
  const balance = (sheet: BalanceSheet, sector: string) =>
    sheet.balancesMicro.find((entry) => entry.sector === sector)?.micro ?? 0n;
  const total = (sheet: BalanceSheet) =>
    sheet.balancesMicro.reduce((sum, entry) => sum + entry.micro, 0n);
  return {
    id: 'balance-sheets',
    caption: `Balance sheets in ${data.symbol}`,
    columns: [
      { label: 'Sector' },
      ...sheets.map((sheet) => ({ label: `${sheet.label} (day ${sheet.day})`, numeric: true })),
      { label: 'Change', numeric: true },
      { label: 'Change − flows', numeric: true },
    ],
    rows: data.flows.sectors.map((sector, index): Cell[] => {
      const change = balance(last, sector.id) - balance(first, sector.id);
      return [
        sector.label,
        ...sheets.map((sheet) => amountCell(balance(sheet, sector.id))),
        amountCell(change),
        sumCell(change - columnSums[index]!),
      ];
    }),
    footer: [
      [
        { text: 'Tokens in existence', tone: 'strong' },
        ...sheets.map((sheet) => amountCell(total(sheet))),
        amountCell(total(last) - total(first)),
        '',
      ],
    ],
  };
}

/** What the balance sheets say about each sector, by themselves. */
function changesOf(data: FlowMatrixData): bigint[] | undefined {
  const first = data.balanceSheets[0];
  const last = data.balanceSheets.at(-1);
  if (first === undefined || last === undefined || first === last) return undefined;
  const balance = (sheet: BalanceSheet, sector: string) =>
    sheet.balancesMicro.find((entry) => entry.sector === sector)?.micro ?? 0n;
  return data.flows.sectors.map((sector) => balance(last, sector.id) - balance(first, sector.id));
}

function amountCell(micro: bigint): Cell {
  return micro === 0n ? { text: '·', tone: 'muted' } : formatMicroRounded(micro);
}

function sumCell(micro: bigint): Cell {
  return micro === 0n ? { text: '0', tone: 'good' } : { text: formatMicro(micro), tone: 'bad' };
}
