import { formatCompact, formatFigure, formatShare } from '../format/format-number.js';
import type { KeyFigure } from '../report-input.js';
import type { Cell, Exhibit } from './exhibit.js';

export interface KeyFiguresData {
  readonly runs: number;
  readonly wallets: number;
  readonly scale: number;
  readonly seed: string;
  readonly studyHash: string;
  readonly figures: readonly KeyFigure[];
  /** The full-population reference run at the same days: values by metric, in the order of the horizons. */
  readonly full: Readonly<Record<string, readonly number[]>>;
}

const DAYS_PER_YEAR = 365;

/** Exhibit 1: each key figure at each horizon: median, 5–95 %, and how often a threshold is broken. */
export function keyFiguresExhibit(data: KeyFiguresData): Exhibit {
  const horizons = data.figures[0]?.horizons.map((horizon) => horizon.day) ?? [];
  const worst = data.figures
    .flatMap((figure) =>
      figure.horizons.map((horizon) => ({ figure, horizon, breach: horizon.breach ?? 0 })),
    )
    .sort((a, b) => b.breach - a.breach)[0];
  return {
    number: 1,
    id: 'key-figures',
    title: 'Key figures',
    lead:
      worst === undefined || worst.breach === 0
        ? `${data.figures.length} key figures over ${data.runs} runs; no threshold is broken in any of them.`
        : `${data.figures.length} key figures over ${data.runs} runs; the threshold broken most often is ${worst.figure.label.toLowerCase()} ${describeThreshold(worst.figure)}: in ${formatShare(worst.breach)} of the runs after ${years(worst.horizon.day)}.`,
    charts: [],
    tables: [
      {
        id: 'key-figures-table',
        caption: `Median, 5–95 % and one full-population run: ${data.runs} runs with ${formatCompact(data.wallets)} wallets, amounts scaled to the full population`,
        columns: [
          { label: 'Key figure' },
          ...horizons.map((day) => ({ label: `After ${years(day)}`, numeric: true })),
          { label: 'Threshold' },
          ...horizons.map((day) => ({ label: `Broken ${years(day)}`, numeric: true })),
        ],
        rows: data.figures.map((figure): Cell[] => [
          { text: figure.label, tone: 'strong' },
          ...figure.horizons.map((horizon, index) => {
            const full = data.full[figure.metric]?.[index];
            return `${formatFigure(horizon.p50, figure.format)}\n${formatFigure(horizon.p5, figure.format)} – ${formatFigure(horizon.p95, figure.format)}${
              full === undefined ? '' : `\nfull: ${formatFigure(full, figure.format)}`
            }`;
          }),
          figure.threshold === undefined ? '–' : describeThreshold(figure),
          ...figure.horizons.map(
            (horizon): Cell =>
              horizon.breach === undefined
                ? '–'
                : {
                    text: formatShare(horizon.breach),
                    tone: horizon.breach >= 0.5 ? 'bad' : horizon.breach > 0.05 ? 'strong' : 'good',
                  },
          ),
        ]),
      },
    ],
    definition: `Quantiles over ${data.runs} independent runs, seed ${data.seed}, study ${short(data.studyHash)}. Broken = share of runs that lie on the wrong side of the threshold on that day. “Full” is one run of the whole population, not a quantile.`,
    assumed: [
      `Quantiles come from a population of ${formatCompact(data.wallets)} wallets (1:${formatCompact(data.scale)}); the bias against the full population is printed under exhibit 8.`,
      'Thresholds are choices of this report, not promises of anybody.',
    ],
  };
}

function describeThreshold(figure: KeyFigure): string {
  if (figure.threshold === undefined) return '';
  return `${figure.threshold.kind} ${formatFigure(figure.threshold.value, figure.format)}`;
}

function years(day: number): string {
  if (day % DAYS_PER_YEAR === 0) return `${day / DAYS_PER_YEAR} y`;
  return `${day} d`;
}

function short(hash: string): string {
  return hash.length > 18 ? `${hash.slice(0, 10)}…${hash.slice(-6)}` : hash;
}
