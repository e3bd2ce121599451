import { formatCompact, formatMicro, formatShare, microToTokens } from '../format/format-number.js';
import type { PlanGroup } from '../report-input.js';
import { chartSpec } from './chart-spec.js';
import type { Exhibit } from './exhibit.js';
import { palette, seriesColour } from './palette.js';
import { roundSignificant } from './round-significant.js';

export interface AllocationData {
  readonly symbol: string;
  readonly supplyMicro: bigint;
  readonly groups: readonly PlanGroup[];
}

/** Exhibit 2: who gets the supply. Shares come from exact amounts and add up to 100 %. */
export function allocationExhibit(data: AllocationData): Exhibit {
  const share = (micro: bigint) => Number(micro) / Number(data.supplyMicro);
  const rows = data.groups.map((group, index) => ({
    group: group.label,
    tokens: roundSignificant(microToTokens(group.amountMicro)),
    share: roundSignificant(share(group.amountMicro)),
    text: formatShare(share(group.amountMicro)),
    colour: seriesColour(index),
  }));
  const total = data.groups.reduce((sum, group) => sum + group.amountMicro, 0n);
  const residual = data.supplyMicro - total;
  const largest = [...data.groups].sort((a, b) => (a.amountMicro < b.amountMicro ? 1 : -1))[0];
  const assumed = data.groups.filter((group) => group.assumed);
  return {
    number: 2,
    id: 'allocation',
    title: 'Allocation',
    lead: `${formatCompact(microToTokens(data.supplyMicro))} ${data.symbol} in ${data.groups.length} groups${
      largest === undefined
        ? ''
        : `; the largest, ${largest.label.toLowerCase()}, holds ${formatShare(share(largest.amountMicro))}`
    }.`,
    charts: [
      {
        id: 'allocation',
        title: 'Share of the supply by group',
        alt: `Bars of the supply by group: ${rows.map((row) => `${row.group} ${row.text}`).join(', ')}.`,
        spec: (layout) =>
          chartSpec(layout, {
            description: 'Share of the supply by allocation group',
            height: { wide: 34 * rows.length + 16, narrow: 52 * rows.length + 16 },
            datasets: { groups: rows },
            body: {
              data: { name: 'groups' },
              encoding: {
                y: {
                  field: 'group',
                  type: 'nominal',
                  sort: null,
                  axis: layout.narrow
                    ? null
                    : { title: null, labelLimit: 330, labelColor: palette.ink.light },
                  scale: { paddingInner: layout.narrow ? 0.55 : 0.3 },
                },
                x: {
                  field: 'share',
                  type: 'quantitative',
                  axis: null,
                  scale: { domain: [0, Math.max(0.01, ...rows.map((row) => row.share)) * 1.16] },
                },
              },
              layer: [
                {
                  mark: { type: 'bar', cornerRadiusEnd: 2 },
                  encoding: { color: { field: 'colour', type: 'nominal', scale: null } },
                },
                {
                  mark: { type: 'text', align: 'left', dx: 5, fontWeight: 'bold' },
                  encoding: { text: { field: 'text' } },
                },
                ...(layout.narrow
                  ? [
                      {
                        mark: { type: 'text', align: 'left', dy: -20 },
                        encoding: { text: { field: 'group' }, x: { datum: 0 } },
                      },
                    ]
                  : []),
              ],
            },
          }),
      },
    ],
    tables: [
      {
        id: 'allocation-table',
        caption: 'Allocation, exact amounts',
        columns: [
          { label: 'Group' },
          { label: 'Share', numeric: true },
          { label: data.symbol, numeric: true },
          { label: 'At launch', numeric: true },
          { label: 'Confidence' },
        ],
        rows: data.groups.map((group) => [
          group.assumed ? { text: group.label, badge: 'assumed' } : group.label,
          formatShare(share(group.amountMicro)),
          formatMicro(group.amountMicro),
          group.tgeMicro === 0n ? '0' : formatMicro(group.tgeMicro),
          group.confidence,
        ]),
        footer: [
          [
            { text: 'Sum', tone: 'strong' },
            formatShare(share(total)),
            formatMicro(total),
            formatMicro(data.groups.reduce((sum, group) => sum + group.tgeMicro, 0n)),
            residual === 0n
              ? { text: 'residual 0', tone: 'good' }
              : { text: `residual ${formatMicro(residual)}`, tone: 'bad' },
          ],
        ],
      },
    ],
    definition:
      'Share = amount of the group divided by the genesis supply. Amounts are exact integers of the plan; shares are rounded for display only.',
    assumed:
      assumed.length === 0
        ? ['Every share has a source.', ...sources(data.groups)]
        : [
            `${assumed.length} of ${data.groups.length} shares are assumed, not published: ${assumed.map((group) => group.label).join('; ')}.`,
            ...sources(data.groups),
            'Confidence: A record or code, B text of the project, C press, D inference, X not found in any source.',
          ],
  };
}

/** One sentence per source, naming the groups that rest on it. */
function sources(groups: readonly PlanGroup[]): readonly string[] {
  const bySource = new Map<string, string[]>();
  for (const group of groups) {
    bySource.set(group.source, [...(bySource.get(group.source) ?? []), group.label]);
  }
  return [...bySource].map(([source, labels]) => `${labels.join('; ')}: ${source}.`);
}
