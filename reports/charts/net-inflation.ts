import { formatShare } from '../format/format-number.js';
import { chartSpec, colourBy, monthAxis } from './chart-spec.js';
import type { Exhibit } from './exhibit.js';
import { palette } from './palette.js';
import { roundSignificant } from './round-significant.js';

export interface NetInflationData {
  readonly months: number;
  /** Whether anything was minted after genesis. */
  readonly minted: boolean;
  /** Monthly stocks in tokens, month 0 first when it is known. */
  readonly rows: readonly {
    readonly month: number;
    readonly circulating: number;
    readonly total: number;
  }[];
}

const CIRCULATING = 'circulating supply (a)';
const TOTAL = 'total supply (genesis + minted − burned)';
const MONTHS_PER_YEAR = 12;

/**
 * Annualised logarithmic growth from one month to the next: ln(S_t / S_{t−1}) × 12.
 *
 * @example annualisedInflation([100, 101])[0] // 0.1194…
 */
export function annualisedInflation(stocks: readonly number[]): readonly number[] {
  return stocks.slice(1).map((value, index) => Math.log(value / stocks[index]!) * MONTHS_PER_YEAR);
}

/** Exhibit 7: how fast holders are diluted. */
export function netInflationExhibit(data: NetInflationData): Exhibit {
  const entries = [
    { label: CIRCULATING, colour: palette.blue.light },
    { label: TOTAL, colour: palette.bad.light },
  ];
  const circulating = annualisedInflation(data.rows.map((row) => row.circulating));
  const total = annualisedInflation(data.rows.map((row) => row.total));
  const rows = circulating
    .flatMap((value, index) => {
      const { month } = data.rows[index + 1]!;
      return [
        { month, supply: CIRCULATING, rate: roundSignificant(value, 5) },
        { month, supply: TOTAL, rate: roundSignificant(total[index]!, 5) },
      ];
    })
    .filter((row) => Number.isFinite(row.rate));
  const firstYear = growth(data.rows, 0, 12);
  const lastYear = growth(data.rows, data.months - 12, data.months);
  return {
    number: 7,
    id: 'net-inflation',
    title: 'Net inflation, annualised',
    lead: `Circulating supply grows by ${firstYear} in the first year and by ${lastYear} in the last; the total supply ${data.minted ? 'is fed by minting and drained by burn' : 'can only fall, because nothing is minted'}.`,
    charts: [
      {
        id: 'net-inflation',
        title: 'Growth of supply, annual rate',
        alt: `Lines of the annualised growth of circulating and total supply over ${data.months} months.`,
        spec: (layout) =>
          chartSpec(layout, {
            description: 'Annualised net inflation of circulating and of total supply',
            height: { wide: 280, narrow: 290 },
            datasets: { inflation: rows },
            body: {
              data: { name: 'inflation' },
              mark: { type: 'line', interpolate: 'step-before' },
              encoding: {
                x: monthAxis(data.months, layout),
                y: {
                  field: 'rate',
                  type: 'quantitative',
                  axis: { title: 'per year', format: '~%' },
                },
                color: colourBy('supply', entries, layout, 'stroke'),
              },
            },
          }),
      },
    ],
    tables: [],
    definition:
      'ln(S_t / S_{t−1}) × 12 with monthly S; once for circulating supply (a) of exhibit 5 and once for genesis + minted − burned.',
    assumed: ['Follows from exhibits 4 to 6; no assumption of its own.'],
  };
}

function growth(rows: NetInflationData['rows'], from: number, to: number): string {
  const at = (month: number) =>
    rows.reduce<(typeof rows)[number] | undefined>(
      (best, row) =>
        best === undefined || Math.abs(row.month - month) < Math.abs(best.month - month)
          ? row
          : best,
      undefined,
    );
  const begin = at(from);
  const end = at(to);
  if (begin === undefined || end === undefined || begin.circulating <= 0) return '–';
  return formatShare(end.circulating / begin.circulating - 1);
}
