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

/** Colour by a nominal field with a legend above the plot; order and colours are the caller's. */
export function colourBy(
  field: string,
  entries: readonly { readonly label: string; readonly colour: string }[],
  layout: Layout,
): Spec {
  return {
    field,
    type: 'nominal',
    sort: entries.map((entry) => entry.label),
    scale: colourScale(entries),
    legend: legendAbove(entries.length, layout),
  };
}

export function colourScale(
  entries: readonly { readonly label: string; readonly colour: string }[],
): Spec {
  return {
    domain: entries.map((entry) => entry.label),
    range: entries.map((entry) => entry.colour),
  };
}

export function legendAbove(entries: number, layout: Layout): Spec {
  return { orient: 'top', title: null, columns: Math.min(entries, layout.narrow ? 2 : 4) };
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
      labelLimit: layout.narrow ? 145 : 260,
      symbolType: 'square',
      symbolStrokeWidth: 0,
      symbolSize: 110,
      rowPadding: 3,
      columnPadding: 14,
      offset: 26,
    },
    line: { strokeWidth: 2, strokeJoin: 'round' },
    text: { color: palette.ink.light, fontSize: size },
    rule: { color: palette.soft.light },
  };
}
