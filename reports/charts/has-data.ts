import { type Chart, wideLayout } from './exhibit.js';

/** Datasets that only annotate a picture. */
const ANNOTATIONS = new Set(['history', 'ceiling', 'marks']);

/** Whether a chart has anything to draw besides annotations; a run of a few days has no monthly bars. */
export function hasData(chart: Chart): boolean {
  const { datasets } = chart.spec(wideLayout) as {
    datasets: Readonly<Record<string, readonly unknown[]>>;
  };
  return Object.entries(datasets).some(([name, rows]) => !ANNOTATIONS.has(name) && rows.length > 0);
}
