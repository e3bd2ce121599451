import { formatCompact, formatMicro, formatShare } from '../format/format-number.js';
import { amountAxis, chartSpec, colourBy, monthAxis } from './chart-spec.js';
import type { Exhibit } from './exhibit.js';
import { palette, seriesColour } from './palette.js';

export interface SupplyBucketsData {
  readonly symbol: string;
  readonly months: number;
  readonly scenario: string;
  /** Whole supply in tokens. */
  readonly supply: number;
  /** In stacking order from the bottom. */
  readonly buckets: readonly { readonly id: string; readonly label: string }[];
  /** Tokens per bucket; one row per month point and bucket, bucket by its id. */
  readonly rows: readonly {
    readonly month: number;
    readonly bucket: string;
    readonly tokens: number;
  }[];
  /** Genesis + minted − Σ balances, exact, over the whole run. */
  readonly residualMicro: bigint;
}

/** Exhibit 4: where every token is. The stack reaches the whole supply at every moment. */
export function supplyBucketsExhibit(data: SupplyBucketsData): Exhibit {
  const entries = data.buckets.map((bucket, index) => ({
    label: bucket.label,
    colour: bucket.id === 'burned' ? palette.bad.light : seriesColour(index),
  }));
  const order = new Map(data.buckets.map((bucket, index) => [bucket.id, index]));
  const label = new Map(data.buckets.map((bucket) => [bucket.id, bucket.label]));
  const rows = data.rows.map((row) => ({
    month: row.month,
    bucket: label.get(row.bucket),
    order: order.get(row.bucket),
    tokens: row.tokens,
  }));
  const lastMonth = data.rows.at(-1)?.month ?? 0;
  const last = data.rows.filter((row) => row.month === lastMonth);
  const first = data.rows.filter((row) => row.month === data.rows[0]?.month);
  const burned = last.find((row) => row.bucket === 'burned')?.tokens ?? 0;
  return {
    number: 4,
    id: 'supply-buckets',
    title: 'Supply by bucket',
    lead: `Every one of the ${formatCompact(data.supply)} ${data.symbol} is in exactly one bucket on every day; after ${data.months} months ${formatShare(burned / data.supply)} is burned.`,
    charts: [
      {
        id: 'supply-buckets',
        title: `Where the supply is, scenario “${data.scenario}”`,
        alt: `Stacked areas of the supply. At the end: ${last.map((row) => `${label.get(row.bucket)} ${formatShare(row.tokens / data.supply)}`).join(', ')}.`,
        spec: (layout) =>
          chartSpec(layout, {
            description: 'Supply by bucket over time, stacked to the whole supply',
            height: { wide: 360, narrow: 400 },
            datasets: { supply: rows },
            body: {
              data: { name: 'supply' },
              mark: { type: 'area', stroke: palette.paper.light, strokeWidth: 0.7 },
              encoding: {
                x: monthAxis(data.months, layout),
                y: {
                  ...amountAxis('tokens', data.symbol),
                  scale: { domain: [0, data.supply], nice: false },
                },
                color: colourBy('bucket', entries, layout),
                order: { field: 'order', type: 'quantitative' },
              },
            },
          }),
      },
    ],
    tables: [
      {
        id: 'supply-buckets-table',
        caption: 'Supply by bucket at the beginning and at the end',
        columns: [
          { label: 'Bucket' },
          { label: `Month ${formatCompact(first[0]?.month ?? 0)}`, numeric: true },
          { label: `Month ${formatCompact(lastMonth)}`, numeric: true },
          { label: 'Share at the end', numeric: true },
        ],
        rows: data.buckets.map((bucket) => {
          const begin = first.find((row) => row.bucket === bucket.id)?.tokens ?? 0;
          const end = last.find((row) => row.bucket === bucket.id)?.tokens ?? 0;
          return [
            bucket.label,
            formatCompact(begin),
            formatCompact(end),
            formatShare(end / data.supply),
          ];
        }),
        footer: [
          [
            { text: 'Residual of the supply identity', tone: 'strong' },
            '',
            {
              text: `${formatMicro(data.residualMicro)} ${data.symbol}`,
              tone: data.residualMicro === 0n ? 'good' : 'bad',
            },
            '',
          ],
        ],
      },
    ],
    definition:
      'Buckets are named accounts of the ledger; a token sits in one of them. Genesis + minted − sum of all balances, blackhole included, is checked after every step as an equality of integers, without tolerance.',
    assumed: [
      'The split of unlocked tokens between holders, stakers and the pool follows from behaviour rules; which of their parameters are assumed stands in exhibit 26.',
    ],
  };
}
