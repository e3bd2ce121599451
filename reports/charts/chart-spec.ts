import type { Layout, Spec } from './exhibit.js';
import { palette } from './palette.js';

export interface ChartSpecParameters {
  readonly height: { readonly wide: number; readonly narrow: number };
  /** Named inline tables: `data: { name }` in the body refers to them. */
  readonly datasets: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  /** `mark`/`encoding` or `layer`, and `resolve`, `transform`. */
  readonly body: Spec;
  readonly description: string;
}

/**
 * A complete Vega-Lite specification with the house style in its config, so that the file beside the picture draws the
 * same picture anywhere. The whole figure, labels included, is `layout.width` pixels wide.
 */
export function chartSpec(layout: Layout, parameters: ChartSpecParameters): Spec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: parameters.description,
    width: layout.width,
    height: layout.narrow ? parameters.height.narrow : parameters.height.wide,
    autosize: { type: 'fit', contains: 'padding' },
    padding: { left: 2, right: 10, top: 4, bottom: 2 },
    background: palette.paper.light,
    datasets: parameters.datasets,
    config: chartConfig(layout),
    ...parameters.body,
  };
}

/** The horizontal axis of every time series: months since the start. */
export function monthAxis(months: number, layout: Layout): Spec {
  const step = months <= 12 ? 1 : months <= 24 ? 3 : layout.narrow ? 12 : 6;
  return {
    field: 'month',
    type: 'quantitative',
    scale: { domain: [0, months], nice: false },
    axis: {
      title: 'months since launch',
      values: Array.from({ length: Math.floor(months / step) + 1 }, (_, index) => index * step),
      format: 'd',
      grid: false,
    },
  };
}

/** Vega expression that labels an axis tick 500 M or 1 bn. */
export const AMOUNT_LABEL =
  "replace(replace(replace(format(datum.value, '.3~s'), 'G', ' bn'), 'M', ' M'), 'k', ' k')";

/** An axis that shows exactly these ticks; left alone, Vega thins the ticks of a logarithmic scale. */
export function logarithmicAxis(title: string, ticks: readonly number[], labelExpr: string): Spec {
  return { title, values: ticks, tickCount: 4 * ticks.length, labelExpr, labelOverlap: false };
}

/** A vertical axis of amounts: 500 M, 1 bn. */
export function amountAxis(field: string, title: string): Spec {
  return {
    field,
    type: 'quantitative',
    axis: {
      title,
      labelExpr: AMOUNT_LABEL,
    },
  };
}

/** 1-2-5 marks of a logarithmic axis that covers the values; only powers of ten when there are many decades. */
export function logarithmicTicks(values: readonly number[]): readonly number[] {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return [];
  const low = positive.reduce((a, b) => Math.min(a, b));
  const high = positive.reduce((a, b) => Math.max(a, b));
  const steps = high / low > 1e4 ? [1] : high / low > 300 ? [1, 3] : [1, 2, 5];
  const ticks: number[] = [];
  for (
    let decade = Math.floor(Math.log10(low));
    decade <= Math.ceil(Math.log10(high));
    decade += 1
  ) {
    for (const step of steps) {
      const tick = Number(`${step}e${decade}`);
      if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
    }
  }
  return ticks;
}

interface LegendEntry {
  readonly label: string;
  readonly colour: string;
}

/** Colour by a nominal field with a legend above the plot; order and colours are the caller's. */
export function colourBy(
  field: string,
  entries: readonly LegendEntry[],
  layout: Layout,
  symbol: 'square' | 'stroke' = 'square',
): Spec {
  return {
    field,
    type: 'nominal',
    sort: entries.map((entry) => entry.label),
    scale: colourScale(entries),
    legend: legendAbove(entries, layout, symbol),
  };
}

export function colourScale(entries: readonly LegendEntry[]): Spec {
  return {
    domain: entries.map((entry) => entry.label),
    range: entries.map((entry) => entry.colour),
  };
}

/** As many columns as the longest label leaves room for. */
export function legendAbove(
  entries: readonly LegendEntry[],
  layout: Layout,
  symbol: 'square' | 'stroke' = 'square',
): Spec {
  const longest = Math.max(1, ...entries.map((entry) => entry.label.length));
  const columns = Math.max(1, Math.floor((layout.width - 16) / (longest * 6.7 + 30)));
  return {
    orient: 'top',
    title: null,
    columns: Math.min(entries.length, columns),
    symbolType: symbol,
    symbolStrokeWidth: symbol === 'stroke' ? 3 : 0,
    symbolOpacity: 1,
  };
}

function chartConfig(layout: Layout): Spec {
  const size = layout.narrow ? 12 : 12.5;
  return {
    aria: false,
    font: 'DejaVu Sans',
    view: { stroke: null },
    axis: {
      labelColor: palette.soft.light,
      titleColor: palette.soft.light,
      labelFontSize: size,
      titleFontSize: size,
      titleFontWeight: 'normal',
      domainColor: palette.slate.light,
      tickColor: palette.slate.light,
      gridColor: palette.grid.light,
      labelPadding: 4,
      titlePadding: 6,
    },
    axisY: {
      tickCount: 5,
      domain: false,
      ticks: false,
      titleAlign: 'left',
      titleAngle: 0,
      titleAnchor: 'start',
      titleX: 0,
      titleY: -10,
    },
    legend: {
      labelColor: palette.ink.light,
      labelFontSize: size,
      labelLimit: layout.narrow ? 310 : 400,
      symbolSize: 110,
      rowPadding: 3,
      columnPadding: 14,
      offset: 26,
    },
    area: { fillOpacity: 0.85 },
    line: { strokeWidth: 2, strokeJoin: 'round' },
    text: { color: palette.ink.light, fontSize: size },
    rule: { color: palette.soft.light },
  };
}
