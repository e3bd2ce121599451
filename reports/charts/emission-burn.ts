import { formatCompact, formatFigure, formatShare } from '../format/format-number.js';
import type { HistoryFact } from '../report-input.js';
import { amountAxis, chartSpec, colourBy, monthAxis } from './chart-spec.js';
import type { Exhibit } from './exhibit.js';
import { historyLayers } from './history-layers.js';
import { palette } from './palette.js';
import { roundSignificant } from './round-significant.js';
import { DAYS_PER_MONTH } from './summarize-daily.js';

/** Tokens in one month. */
export interface EmissionBurnRow {
  readonly month: number;
  readonly unlocked: number;
  readonly emitted: number;
  readonly burned: number;
}

export interface EmissionBurnData {
  readonly symbol: string;
  readonly months: number;
  readonly rows: readonly EmissionBurnRow[];
  /** Ceilings on the cumulative burn that the world has shown. */
  readonly history: readonly HistoryFact[];
}

const UNLOCKED = 'vesting unlocks';
const EMITTED = 'programme emission';
const BURNED = 'burn';

/** Exhibit 6: what enters the market against what leaves it for ever, per month and cumulative. */
export function emissionBurnExhibit(data: EmissionBurnData): Exhibit {
  const entries = [
    { label: UNLOCKED, colour: palette.blue.light },
    { label: EMITTED, colour: palette.teal.light },
    { label: BURNED, colour: palette.bad.light },
  ];
  const bars = data.rows.flatMap((row) => [
    { month: row.month, kind: UNLOCKED, tokens: roundSignificant(row.unlocked) },
    { month: row.month, kind: EMITTED, tokens: roundSignificant(row.emitted) },
    { month: row.month, kind: BURNED, tokens: -roundSignificant(row.burned) },
  ]);
  let cumulative = 0;
  const burn = data.rows.map((row) => {
    cumulative += row.burned;
    return { month: row.month, tokens: roundSignificant(cumulative) };
  });
  const years = perYear(data.rows);
  const total = years.at(-1) ?? { label: '', unlocked: 0, emitted: 0, burned: 0 };
  const entered = total.unlocked + total.emitted;
  const ratio = entered === 0 ? 0 : total.burned / entered;
  return {
    number: 6,
    id: 'emission-burn',
    title: 'Emission and unlocks against burn',
    lead: `Over ${data.months} months ${formatCompact(entered)} ${data.symbol} enter circulation and ${formatCompact(total.burned)} are burned: ${formatShare(ratio)} of what enters.`,
    charts: [
      {
        id: 'emission-burn-monthly',
        title: 'Per month: above zero enters, below zero leaves',
        alt: `Bars per month: unlocks and emission above zero, burn below. In total ${formatCompact(entered)} enter and ${formatCompact(total.burned)} are burned.`,
        spec: (layout) =>
          chartSpec(layout, {
            description: 'Unlocks and emission against burn per month',
            height: { wide: 300, narrow: 320 },
            datasets: { flows: bars },
            body: {
              data: { name: 'flows' },
              transform: [{ calculate: 'datum.month - 0.85', as: 'from' }],
              mark: { type: 'bar' },
              encoding: {
                x: { ...monthAxis(data.months, layout), field: 'from', bin: 'binned' },
                x2: { field: 'month' },
                y: { ...amountAxis('tokens', `${data.symbol} per month`), stack: 'zero' },
                color: colourBy('kind', entries, layout),
              },
            },
          }),
      },
      {
        id: 'burn-cumulative',
        title: 'Cumulative burn',
        alt: `A line of the cumulative burn, ending at ${formatCompact(total.burned)} ${data.symbol}.${data.history.map((fact) => ` ${fact.label}: at most ${formatFigure(fact.value, fact.format)}.`).join('')}`,
        spec: (layout) =>
          chartSpec(layout, {
            description: 'Cumulative burn',
            height: { wide: 220, narrow: 240 },
            datasets: {
              burn,
              ceiling: data.history.map((fact) => ({
                month: fact.day / DAYS_PER_MONTH,
                value: fact.value,
                text: `at most ${formatFigure(fact.value, fact.format)}`,
              })),
            },
            body: {
              layer: [
                {
                  data: { name: 'burn' },
                  mark: { type: 'line', color: palette.bad.light },
                  encoding: {
                    x: monthAxis(data.months, layout),
                    y: amountAxis('tokens', `${data.symbol} burned`),
                  },
                },
                ...historyLayers('ceiling', data.history.length),
              ],
            },
          }),
      },
    ],
    tables: [
      {
        id: 'emission-burn-table',
        caption: 'Per year',
        columns: [
          { label: 'Year' },
          { label: 'Unlocks', numeric: true },
          { label: 'Emission', numeric: true },
          { label: 'Burn', numeric: true },
          { label: 'Net', numeric: true },
          { label: 'Burn / entered', numeric: true },
        ],
        rows: years.map((year) => [
          year.label,
          formatCompact(year.unlocked),
          formatCompact(year.emitted),
          formatCompact(year.burned),
          formatCompact(year.unlocked + year.emitted - year.burned),
          year.unlocked + year.emitted === 0
            ? '–'
            : formatShare(year.burned / (year.unlocked + year.emitted)),
        ]),
      },
    ],
    definition:
      'Net emission = programme emission + vesting unlocks − burn. Emission is a release from a named programme bucket of the plan, not new minting; burn is what reaches the blackhole address. What is free at launch is not counted.',
    assumed: [
      'Burn shares of fees are those of the plan; which of them are assumed stands in exhibit 26.',
      ...data.history.map(
        (fact) =>
          `Observed: ${fact.label}, at most ${formatFigure(fact.value, fact.format)} (${fact.source}, confidence ${fact.confidence}).`,
      ),
    ],
  };
}

function perYear(rows: readonly EmissionBurnRow[]) {
  const years: { label: string; unlocked: number; emitted: number; burned: number }[] = [];
  const total = { label: 'All', unlocked: 0, emitted: 0, burned: 0 };
  for (const row of rows) {
    const index = Math.ceil(row.month / 12 - 1e-6) - 1;
    years[index] ??= { label: `${index + 1}`, unlocked: 0, emitted: 0, burned: 0 };
    for (const sum of [years[index], total]) {
      sum.unlocked += row.unlocked;
      sum.emitted += row.emitted;
      sum.burned += row.burned;
    }
  }
  return [...years, total];
}
