import { formatFigure, formatShare } from '../format/format-number.js';
import type { HistoryFact } from '../report-input.js';
import { chartSpec, colourBy, monthAxis } from './chart-spec.js';
import type { Exhibit } from './exhibit.js';
import { historyLayers } from './history-layers.js';
import { palette, seriesColour } from './palette.js';
import { DAYS_PER_MONTH } from './summarize-daily.js';

export interface StakingRatioData {
  readonly months: number;
  /** Staked divided by circulating (a), by scenario. */
  readonly rows: readonly {
    readonly month: number;
    readonly scenario: string;
    readonly ratio: number;
  }[];
  readonly fan: readonly { readonly month: number; readonly p5: number; readonly p95: number }[];
  readonly runs: number;
  readonly history: readonly HistoryFact[];
}

/** Exhibit 10: the staked share of what circulates. */
export function stakingRatioExhibit(data: StakingRatioData): Exhibit {
  const scenarios = [...new Set(data.rows.map((row) => row.scenario))];
  const entries = scenarios.map((label, index) => ({ label, colour: seriesColour(index) }));
  const first = data.rows.filter((row) => row.scenario === scenarios[0]);
  const peak = first.reduce((best, row) => (row.ratio > best.ratio ? row : best), {
    month: 0,
    ratio: 0,
    scenario: '',
  });
  const end = first.at(-1)?.ratio ?? 0;
  return {
    number: 10,
    id: 'staking-ratio',
    title: 'Staking ratio',
    lead: `The staked share of circulating supply peaks at ${formatShare(peak.ratio)} in month ${Math.round(peak.month)} and ends at ${formatShare(end)}.`,
    charts: [
      {
        id: 'staking-ratio',
        title: 'Staked / circulating (a)',
        alt: `Lines of the staking ratio by scenario; the first peaks at ${formatShare(peak.ratio)} and ends at ${formatShare(end)}.`,
        spec: (layout) =>
          chartSpec(layout, {
            description: 'Staked share of circulating supply',
            height: { wide: 270, narrow: 290 },
            datasets: {
              ratio: data.rows,
              fan: data.fan,
              history: data.history.map((fact) => ({
                month: fact.day / DAYS_PER_MONTH,
                value: fact.value,
                text: `${formatFigure(fact.value, fact.format)} observed`,
              })),
            },
            body: {
              encoding: { x: monthAxis(data.months, layout) },
              layer: [
                ...(data.fan.length > 0
                  ? [
                      {
                        data: { name: 'fan' },
                        mark: { type: 'area', color: palette.outer.light, opacity: 1 },
                        encoding: { y: ratioAxis('p5'), y2: { field: 'p95' } },
                      },
                    ]
                  : []),
                {
                  data: { name: 'ratio' },
                  mark: { type: 'line' },
                  encoding: {
                    y: ratioAxis('ratio'),
                    color: colourBy('scenario', entries, layout, 'stroke'),
                  },
                },
                ...historyLayers('history', data.history.length),
              ],
            },
          }),
      },
    ],
    tables: [],
    definition:
      'Staked = principal in holder staking and node stakes, cooling down included; circulating by definition (a) of exhibit 5.',
    assumed: [
      'Who stakes and for which term is a behaviour rule (assumed parameters in exhibit 26); terms and rewards are those of the plan.',
      ...(data.fan.length > 0
        ? [
            `The shaded band is 5–95 % of ${data.runs} runs of the smaller population; the lines are single full-population runs.`,
          ]
        : []),
      ...data.history.map(
        (fact) =>
          `Observed: ${fact.label}, ${formatFigure(fact.value, fact.format)} (${fact.source}, confidence ${fact.confidence}).`,
      ),
    ],
  };
}

function ratioAxis(field: string): Readonly<Record<string, unknown>> {
  return {
    field,
    type: 'quantitative',
    axis: { title: 'of circulating supply', format: '~%' },
  };
}
