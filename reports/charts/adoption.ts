import { formatCompact, formatFigure, formatShare } from '../format/format-number.js';
import type { HistoryFact, RetentionPoint } from '../report-input.js';
import {
  AMOUNT_LABEL,
  chartSpec,
  colourBy,
  logarithmicAxis,
  logarithmicTicks,
  monthAxis,
} from './chart-spec.js';
import type { Chart, Exhibit } from './exhibit.js';
import { historyLayers } from './history-layers.js';
import { palette, seriesColour } from './palette.js';
import { roundSignificant } from './round-significant.js';
import { DAYS_PER_MONTH } from './summarize-daily.js';

export interface AdoptionData {
  readonly months: number;
  readonly rows: readonly {
    readonly month: number;
    /** Wallets that joined and did not leave. */
    readonly wallets: number;
    readonly active: number;
    readonly buyers: number;
  }[];
  readonly retention: readonly RetentionPoint[];
  readonly history: readonly HistoryFact[];
}

const WALLETS = 'wallets joined';
const ACTIVE = 'active contributors';

/** Exhibit 14: who takes part. */
export function adoptionExhibit(data: AdoptionData): Exhibit {
  const first = data.rows[0] ?? { month: 0, wallets: 0, active: 0, buyers: 0 };
  const last = data.rows.at(-1) ?? first;
  const entries = [
    { label: WALLETS, colour: palette.slate.light },
    { label: ACTIVE, colour: palette.blue.light },
  ];
  const people = data.rows.flatMap((row) => [
    { month: row.month, kind: WALLETS, count: row.wallets },
    { month: row.month, kind: ACTIVE, count: row.active },
  ]);
  const charts: Chart[] = [
    {
      id: 'adoption',
      title: 'Wallets joined and active contributors, logarithmic scale',
      alt: `Wallets joined go from ${formatCompact(first.wallets)} to ${formatCompact(last.wallets)}, active contributors from ${formatCompact(first.active)} to ${formatCompact(last.active)}.`,
      spec: (layout) =>
        chartSpec(layout, {
          description: 'Wallets joined and active contributors',
          height: { wide: 280, narrow: 300 },
          datasets: {
            people: people.filter((row) => row.count > 0),
            history: data.history.map((fact) => ({
              month: fact.day / DAYS_PER_MONTH,
              value: fact.value,
              text: `${formatFigure(fact.value, fact.format)} observed`,
            })),
          },
          body: {
            layer: [
              {
                data: { name: 'people' },
                mark: { type: 'line' },
                encoding: {
                  x: monthAxis(data.months, layout),
                  y: {
                    field: 'count',
                    type: 'quantitative',
                    scale: { type: 'log', nice: false, padding: 12 },
                    axis: logarithmicAxis(
                      'wallets, log scale',
                      logarithmicTicks(people.map((row) => row.count)),
                      AMOUNT_LABEL,
                    ),
                  },
                  color: colourBy('kind', entries, layout, 'stroke'),
                },
              },
              ...historyLayers('history', data.history.length),
            ],
          },
        }),
    },
    {
      id: 'active-buyers',
      title: 'Active buyers',
      alt: `A line of active buyers, from ${formatCompact(first.buyers)} to ${formatCompact(last.buyers)}.`,
      spec: (layout) =>
        chartSpec(layout, {
          description: 'Active buyers',
          height: { wide: 200, narrow: 220 },
          datasets: { buyers: data.rows.map((row) => ({ month: row.month, count: row.buyers })) },
          body: {
            data: { name: 'buyers' },
            mark: { type: 'line', color: palette.orange.light, interpolate: 'step-after' },
            encoding: {
              x: monthAxis(data.months, layout),
              y: {
                field: 'count',
                type: 'quantitative',
                scale: { domain: [0, Math.max(1, ...data.rows.map((row) => row.buyers * 1.08))] },
                axis: { title: 'buyers', format: '~s' },
              },
            },
          },
        }),
    },
  ];
  if (data.retention.length > 0) charts.push(retentionChart(data.retention));
  return {
    number: 14,
    id: 'adoption',
    title: 'Adoption',
    lead: `${formatCompact(last.wallets)} wallets have joined after ${data.months} months (${formatCompact(first.wallets)} at the start); ${formatCompact(last.active)} of them (${formatShare(last.wallets === 0 ? 0 : last.active / last.wallets)}) contribute, and ${formatCompact(last.buyers)} buyers pay.`,
    charts,
    tables: [],
    definition:
      'Joined = wallets that joined and did not leave for good. Active = able to contribute that day: neither dormant nor gone. Active buyers = buyers with a running contract.' +
      (data.retention.length > 0
        ? ' Retention = share of those who joined in a year who are still active after so many months.'
        : ' Retention by cohort needs the joining day of each wallet, which this run did not record.'),
    assumed: [
      'Adoption follows a Bass curve with stall and dormancy; which of its parameters are assumed stands in exhibit 26.',
      ...data.history.map(
        (fact) =>
          `Observed: ${fact.label}, ${formatFigure(fact.value, fact.format)} (${fact.source}, confidence ${fact.confidence}).`,
      ),
    ],
  };
}

function retentionChart(retention: readonly RetentionPoint[]): Chart {
  const cohorts = [...new Set(retention.map((row) => row.cohort))];
  const longest = Math.max(...retention.map((row) => row.month));
  const entries = cohorts.map((label, index) => ({ label, colour: seriesColour(index) }));
  return {
    id: 'retention',
    title: 'Retention by cohort',
    alt: `Lines of the share still active by months since joining, for ${cohorts.length} cohorts.`,
    spec: (layout) =>
      chartSpec(layout, {
        description: 'Retention by cohort',
        height: { wide: 240, narrow: 260 },
        datasets: {
          retention: retention.map((row) => ({ ...row, share: roundSignificant(row.share, 4) })),
        },
        body: {
          data: { name: 'retention' },
          mark: { type: 'line' },
          encoding: {
            x: {
              ...monthAxis(longest, layout),
              axis: { title: 'months since joining', format: 'd', grid: false, tickMinStep: 3 },
            },
            y: {
              field: 'share',
              type: 'quantitative',
              scale: { zero: true },
              axis: { title: 'still active', format: '~%' },
            },
            color: colourBy('cohort', entries, layout, 'stroke'),
          },
        },
      }),
  };
}
