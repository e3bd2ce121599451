import type { Exhibit } from '../charts/exhibit.js';
import { type FactCheck, priceFanExhibit } from '../charts/price-fan.js';
import { wholeMonths } from '../charts/summarize-daily.js';
import type { Bands, HistoryFact, ReportInput } from '../report-input.js';
import { metricFormats, metricNames } from './metric-names.js';
import { drawnPoints, getColumn } from './series.js';

const POINTS = 120;

/** The data of exhibit 8: fan, samples, full-population paths, and observed facts beside the band. */
export function preparePriceFan(input: ReportInput): Exhibit {
  const { bands } = input;
  const reference = input.paths[0]!;
  const band = bands?.metrics[metricNames.price];
  const history = input.history ?? [];
  const quantiles = (['p5', 'p25', 'p50', 'p75', 'p95'] as const).map((level) =>
    band === undefined ? [] : drawnPoints(band[level], 'last', POINTS),
  );
  const [p5, p25, p50, p75, p95] = quantiles as [Points, Points, Points, Points, Points];
  return priceFanExhibit({
    symbol: input.plan.token.symbol,
    months: wholeMonths(reference.days),
    runs: bands?.runs ?? 0,
    bandWallets: bands?.wallets ?? 0,
    scale: bands?.scale ?? 1,
    fullWallets: reference.wallets,
    fan: p50.map((point, index) => ({
      month: point.month,
      p5: p5[index]!.value,
      p25: p25[index]!.value,
      p50: point.value,
      p75: p75[index]!.value,
      p95: p95[index]!.value,
    })),
    samples: (bands?.samples ?? []).slice(0, 3).flatMap((sample) => {
      const column = sample.columns[metricNames.price];
      return column === undefined
        ? []
        : drawnPoints(column, 'last', POINTS).map((point) => ({
            month: point.month,
            run: sample.run,
            price: point.value,
          }));
    }),
    paths: input.paths.slice(0, 3).flatMap((path) =>
      drawnPoints(getColumn(path, metricNames.price), 'last', POINTS).map((point) => ({
        month: point.month,
        scenario: path.label,
        price: point.value,
      })),
    ),
    history: history.filter((fact) => fact.metric === metricNames.price),
    bias: (bands?.bias ?? []).map((row) => ({
      label: `${metricFormats[row.metric]?.label ?? row.metric}, day ${row.day}`,
      full: row.full,
      small: row.small,
      format: metricFormats[row.metric]?.format ?? 'count',
    })),
    checks: bands === undefined ? [] : history.flatMap((fact) => checkFact(fact, bands)),
    pricingRule: input.model.pricingRule,
    exogenous: input.model.exogenous,
  });
}

type Points = { month: number; value: number }[];

function checkFact(fact: HistoryFact, bands: Bands): FactCheck[] {
  const band = bands.metrics[fact.metric];
  const at = Math.round(fact.day) - 1;
  if (band === undefined || at < 0 || at >= bands.days) return [];
  return [{ fact, p5: band.p5[at]!, p50: band.p50[at]!, p95: band.p95[at]! }];
}
