import { formatCompact, formatFigure, formatShare } from '../format/format-number.js';
import type { HistoryFact } from '../report-input.js';
import { amountAxis, chartSpec, colourBy, monthAxis } from './chart-spec.js';
import type { Exhibit } from './exhibit.js';
import { historyLayers } from './history-layers.js';
import { palette } from './palette.js';
import { DAYS_PER_MONTH } from './summarize-daily.js';

export interface CirculatingSupplyData {
  readonly symbol: string;
  readonly months: number;
  readonly supply: number;
  readonly rows: readonly {
    readonly month: number;
    readonly unlocked: number;
    /** Without team, treasury, investors and foundation. */
    readonly free: number;
  }[];
  readonly history: readonly HistoryFact[];
}

const UNLOCKED = 'not locked (a)';
const FREE = 'held by outsiders (b)';

/** Exhibit 5: two definitions of circulating supply, because rankings mix them. */
export function circulatingSupplyExhibit(data: CirculatingSupplyData): Exhibit {
  const entries = [
    { label: UNLOCKED, colour: palette.blue.light },
    { label: FREE, colour: palette.orange.light },
  ];
  const rows = data.rows.flatMap((row) => [
    { month: row.month, definition: UNLOCKED, tokens: row.unlocked },
    { month: row.month, definition: FREE, tokens: row.free },
  ]);
  const last = data.rows.at(-1) ?? { month: 0, unlocked: 0, free: 0 };
  return {
    number: 5,
    id: 'circulating-supply',
    title: 'Circulating supply, two definitions',
    lead: `After ${data.months} months ${formatCompact(last.unlocked)} ${data.symbol} (${formatShare(last.unlocked / data.supply)}) circulate by definition (a), ${formatCompact(last.free)} (${formatShare(last.free / data.supply)}) by definition (b).`,
    charts: [
      {
        id: 'circulating-supply',
        title: 'Circulating supply',
        alt: `Two lines of circulating supply over ${data.months} months, ending at ${formatCompact(last.unlocked)} and ${formatCompact(last.free)} ${data.symbol}.${data.history.map((fact) => ` Observed: ${fact.label} ${formatFigure(fact.value, fact.format)}.`).join('')}`,
        spec: (layout) =>
          chartSpec(layout, {
            description: 'Circulating supply by two definitions',
            height: { wide: 300, narrow: 300 },
            datasets: {
              supply: rows,
              history: data.history.map((fact) => ({
                month: fact.day / DAYS_PER_MONTH,
                value: fact.value,
                text: `${formatFigure(fact.value, fact.format)} observed`,
              })),
            },
            body: {
              layer: [
                {
                  data: { name: 'supply' },
                  mark: { type: 'line' },
                  encoding: {
                    x: monthAxis(data.months, layout),
                    y: amountAxis('tokens', data.symbol),
                    color: colourBy('definition', entries, layout, 'stroke'),
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
      '(a) Unlocked: the supply less what vesting schedules hold. (b) Nearer to Token Terminal: (a) without the treasury and programmes that are not yet distributed.',
    assumed: data.history.map(
      (fact) =>
        `Observed: ${fact.label}, ${formatFigure(fact.value, fact.format)} (${fact.source}, confidence ${fact.confidence}).`,
    ),
  };
}
