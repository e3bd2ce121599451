import type { Chart, Exhibit } from '../charts/exhibit.js';
import { narrowLayout, wideLayout } from '../charts/exhibit.js';
import type { DrawnChart } from './render-page.js';
import { renderSvg } from './render-svg.js';

/** Draws every chart of the exhibits twice, for a page and for a phone. */
export async function drawCharts(
  exhibits: readonly Exhibit[],
): Promise<ReadonlyMap<string, DrawnChart>> {
  const drawn = new Map<string, DrawnChart>();
  for (const chart of exhibits.flatMap((exhibit) => exhibit.charts)) {
    drawn.set(chart.id, await drawChart(chart));
  }
  return drawn;
}

async function drawChart(chart: Chart): Promise<DrawnChart> {
  const spec = chart.spec(wideLayout);
  const [wide, narrow] = [await renderSvg(spec), await renderSvg(chart.spec(narrowLayout))];
  return { id: chart.id, spec: JSON.stringify(spec), wide: wide.svg, narrow: narrow.svg };
}
