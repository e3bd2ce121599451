import { formatCompact, formatFigure, formatShare, formatUsd } from '../format/format-number.js';
import type { HistoryFact } from '../report-input.js';
import {
  chartSpec,
  colourScale,
  legendAbove,
  logarithmicAxis,
  logarithmicTicks,
  monthAxis,
} from './chart-spec.js';
import type { Cell, Exhibit } from './exhibit.js';
import { historyLayers } from './history-layers.js';
import { palette } from './palette.js';
import { DAYS_PER_MONTH } from './summarize-daily.js';

export interface PriceFanData {
  readonly symbol: string;
  readonly months: number;
  readonly runs: number;
  readonly bandWallets: number;
  readonly scale: number;
  readonly fullWallets: number;
  readonly fan: readonly {
    readonly month: number;
    readonly p5: number;
    readonly p25: number;
    readonly p50: number;
    readonly p75: number;
    readonly p95: number;
  }[];
  /** Single runs of the ensemble. */
  readonly samples: readonly {
    readonly month: number;
    readonly run: number;
    readonly price: number;
  }[];
  /** Full-population runs. */
  readonly paths: readonly {
    readonly month: number;
    readonly scenario: string;
    readonly price: number;
  }[];
  readonly history: readonly HistoryFact[];
  readonly bias: readonly {
    readonly label: string;
    readonly full: number;
    readonly small: number;
    readonly format: HistoryFact['format'];
  }[];
  /** Observed facts of any metric beside the model's band on the same day. */
  readonly checks: readonly FactCheck[];
  /** The rule by which the price comes about, and what is put in from outside. */
  readonly pricingRule: string;
  readonly exogenous: readonly string[];
}

export interface FactCheck {
  readonly fact: HistoryFact;
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
}

const OUTER = '5–95 % of runs';
const INNER = '25–75 % of runs';
const MEDIAN = 'median run';
const SAMPLE = 'three sample runs';
/** Observations are rounded; a schedule has no band at all. */
const SLACK = 0.01;

/** Exhibit 8: the price as a fan from the small population, with full-population runs as paths over it. */
export function priceFanExhibit(data: PriceFanData): Exhibit {
  const paths = data.paths.filter((row) => row.price > 0);
  const samples = data.samples.filter((row) => row.price > 0);
  const fan = data.fan.filter((row) => row.p5 > 0);
  const scenarios = [...new Set(paths.map((row) => row.scenario))];
  const pathColours = [palette.ink.light, palette.orange.light, palette.teal.light];
  const legend = [
    ...(fan.length > 0
      ? [
          { label: OUTER, colour: palette.outer.light },
          { label: INNER, colour: palette.inner.light },
          { label: MEDIAN, colour: palette.blue.light },
        ]
      : []),
    ...(samples.length > 0 ? [{ label: SAMPLE, colour: palette.slate.light }] : []),
    ...scenarios.map((scenario, index) => ({
      label: `full: ${scenario}`,
      colour: pathColours[index % pathColours.length]!,
    })),
  ];
  const price = priceAxis(
    logarithmicTicks([
      ...fan.flatMap((row) => [row.p5, row.p95]),
      ...[...samples, ...paths].map((row) => row.price),
      ...data.history.map((fact) => fact.value),
    ]),
  );
  const last = fan.at(-1);
  const falsified = data.checks.filter((check) => verdict(check) === 'outside');
  return {
    number: 8,
    id: 'price-fan',
    title: 'Price: fan and paths',
    lead:
      last === undefined
        ? `The price in ${scenarios.length} full-population ${scenarios.length === 1 ? 'run' : 'runs'}; no ensemble was run, so no band is drawn.`
        : `After ${data.months} months half of the runs end below ${formatUsd(last.p50)}; nine in ten lie between ${formatUsd(last.p5)} and ${formatUsd(last.p95)}.`,
    charts: [
      {
        id: 'price-fan',
        title: 'Price in dollars, logarithmic scale',
        alt:
          last === undefined
            ? 'Lines of the price in full-population runs on a logarithmic scale.'
            : `Fan of the price over ${data.months} months on a logarithmic scale, median ${formatUsd(fan[0]!.p50)} at the start and ${formatUsd(last.p50)} at the end, with sample runs and full-population paths.`,
        spec: (layout) =>
          chartSpec(layout, {
            description: 'Price fan chart with sample paths and full-population paths',
            height: { wide: 400, narrow: 400 },
            datasets: {
              fan,
              samples,
              paths: paths.map((row) => ({ ...row, scenario: `full: ${row.scenario}` })),
              history: data.history.map((fact) => ({
                month: fact.day / DAYS_PER_MONTH,
                value: fact.value,
                text: `${formatFigure(fact.value, fact.format)} observed`,
              })),
            },
            body: {
              encoding: {
                x: monthAxis(data.months, layout),
                color: {
                  scale: colourScale(legend),
                  legend: {
                    ...legendAbove(legend, layout),
                    values: legend.map((entry) => entry.label),
                  },
                },
              },
              layer: [
                ...(fan.length > 0
                  ? [
                      band('p5', 'p95', OUTER, price),
                      band('p25', 'p75', INNER, price),
                      {
                        data: { name: 'fan' },
                        mark: { type: 'line', strokeWidth: 2.4 },
                        encoding: { y: price('p50'), color: { datum: MEDIAN } },
                      },
                    ]
                  : []),
                ...(samples.length > 0
                  ? [
                      {
                        data: { name: 'samples' },
                        mark: { type: 'line', strokeWidth: 0.9 },
                        encoding: {
                          y: price('price'),
                          detail: { field: 'run', type: 'nominal' },
                          color: { datum: SAMPLE },
                        },
                      },
                    ]
                  : []),
                {
                  data: { name: 'paths' },
                  mark: { type: 'line', strokeWidth: 1.7 },
                  encoding: {
                    y: price('price'),
                    color: { field: 'scenario', type: 'nominal' },
                  },
                },
                ...historyLayers('history', data.history.length),
              ],
            },
          }),
      },
    ],
    tables: [
      ...(data.checks.length > 0
        ? [
            {
              id: 'history-table',
              caption:
                'What the world showed, beside the model on the same day (band widened by 1 % of the value)',
              columns: [
                { label: 'Observed' },
                { label: 'Day', numeric: true },
                { label: 'World', numeric: true },
                { label: 'Model 5 %', numeric: true },
                { label: 'Model median', numeric: true },
                { label: 'Model 95 %', numeric: true },
                { label: 'Verdict' },
              ],
              rows: data.checks.map(checkRow),
            },
          ]
        : []),
      ...(data.bias.length > 0
        ? [
            {
              id: 'bias-table',
              caption: `Bias of the bands: the same seed at ${formatCompact(data.fullWallets)} wallets and at 1:${formatCompact(data.scale)}`,
              columns: [
                { label: 'Metric, day' },
                { label: 'Full population', numeric: true },
                { label: 'Small population', numeric: true },
                { label: 'Small / full − 1', numeric: true },
              ],
              rows: data.bias.map((row) => [
                row.label,
                formatFigure(row.full, row.format),
                formatFigure(row.small, row.format),
                row.full === 0 ? '–' : formatShare(row.small / row.full - 1),
              ]),
            },
          ]
        : []),
    ],
    definition: `Price of one ${data.symbol} in dollars at the end of the day. Bands are quantiles over ${data.runs} runs day by day, not paths; no run follows the median. ${data.pricingRule}`,
    assumed: [
      ...(data.runs > 0
        ? [
            `The bands come from a smaller population: ${formatCompact(data.bandWallets)} wallets (1:${formatCompact(data.scale)}), token amounts scaled back. Its measured bias against the full population is in the table.`,
          ]
        : []),
      ...data.exogenous.map((item) => `Exogenous: ${item}.`),
      ...data.history.map(
        (fact) => `Observed: ${fact.label} (${fact.source}, confidence ${fact.confidence}).`,
      ),
    ],
    words: {
      title: 'What would falsify the flywheel',
      items: [
        'Contributors stay flat or fall while the dollar incentive rises: then the link from reward to contribution is missing, and the loop is open.',
        'Buyers’ dollars grow and the price does not, or the price moves only with the market factor: then demand does not reach the token.',
        'Burn stays far below unlocks and emission (exhibit 6) at every price that was reached: then scarcity cannot be what moves the price.',
        'The burn rate in per cent of supply does not change with demand. Under the equation of exchange it never does: it equals burn share × velocity.',
        'A higher price burns fewer tokens, because fees are set in dollars; if this effect outweighs the growth of demand, the loop damps itself.',
        ...(data.checks.length === 0
          ? []
          : [
              falsified.length === 0
                ? `Of ${data.checks.length} historical facts beside the fan, none lies outside the model’s 5–95 % band. This does not prove the model; it has not been refuted by them.`
                : `Of ${data.checks.length} historical facts, ${falsified.length} lie outside the model’s band: ${falsified.map((check) => check.fact.label).join('; ')}. There this plan’s model is refuted by what happened.`,
            ]),
      ],
    },
  };
}

function band(
  low: string,
  high: string,
  label: string,
  price: (field: string) => Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return {
    data: { name: 'fan' },
    mark: { type: 'area', opacity: 1, fillOpacity: 1 },
    encoding: { y: price(low), y2: { field: high }, color: { datum: label } },
  };
}

function priceAxis(ticks: readonly number[]): (field: string) => Readonly<Record<string, unknown>> {
  return (field) => ({
    field,
    type: 'quantitative',
    scale: { type: 'log', nice: false },
    axis: logarithmicAxis('USD, log scale', ticks, "format(datum.value, '$~r')"),
  });
}

/** A ceiling is broken only when even the low end of the band is above it. */
function verdict(check: FactCheck): 'inside' | 'outside' {
  const { fact } = check;
  const slack = Math.abs(fact.value) * SLACK;
  const low = check.p5 - slack;
  if (fact.kind === 'ceiling') return low <= fact.value ? 'inside' : 'outside';
  return fact.value >= low && fact.value <= check.p95 + slack ? 'inside' : 'outside';
}

function checkRow(check: FactCheck): readonly Cell[] {
  const { fact } = check;
  const inside = verdict(check) === 'inside';
  return [
    `${fact.label} (${fact.confidence})`,
    String(fact.day),
    `${fact.kind === 'ceiling' ? '≤ ' : ''}${formatFigure(fact.value, fact.format)}`,
    formatFigure(check.p5, fact.format),
    formatFigure(check.p50, fact.format),
    formatFigure(check.p95, fact.format),
    inside ? { text: 'inside', tone: 'good' } : { text: 'outside', tone: 'bad' },
  ];
}
