import { narrowLayout } from '../charts/exhibit.js';
import { prepareCards } from '../prepare/prepare-cards.js';
import { prepareExhibits } from '../prepare/prepare-exhibits.js';
import type { ReportInput } from '../report-input.js';
import { drawCharts } from './draw-charts.js';
import { renderPage } from './render-page.js';
import { renderPng } from './render-png.js';
import { darkSvg } from './theme-svg.js';

export interface ReportFile {
  /** Path relative to the report's folder, with forward slashes. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Report {
  /** The whole report as one document that loads nothing. */
  readonly html: string;
  /** `report.html`, and per chart the specification and the pictures, in `charts/`. */
  readonly files: readonly ReportFile[];
}

export interface BuildReportOptions {
  /** Also draw PNG pictures (about 0.1 s each); default false. */
  readonly png?: boolean;
}

/**
 * Builds the report: one HTML file, and beside it every chart as Vega-Lite specification and SVG.
 *
 * @throws ToolkitError `REPORT_COLUMN_MISSING`, `REPORT_SPEC_INVALID`.
 * @example const { html, files } = await buildReport(input)
 */
export async function buildReport(
  input: ReportInput,
  options: BuildReportOptions = {},
): Promise<Report> {
  const exhibits = prepareExhibits(input);
  const drawn = await drawCharts(exhibits);
  const html = renderPage({
    title: input.title,
    subtitle: describe(input),
    cards: prepareCards(input),
    exhibits,
    drawn,
    footer: `Made by ${input.manifest.command} on ${input.manifest.createdAt}. A model, not a forecast, and no investment advice.`,
  });
  const files: ReportFile[] = [file('report.html', html)];
  for (const chart of drawn.values()) {
    files.push(
      file(`charts/${chart.id}.vl.json`, chart.spec),
      file(`charts/${chart.id}.svg`, chart.wide),
      file(`charts/${chart.id}.dark.svg`, darkSvg(chart.wide)),
      file(`charts/${chart.id}.${narrowLayout.width}.svg`, chart.narrow),
    );
    if (options.png === true) {
      files.push(
        { name: `charts/${chart.id}.png`, bytes: renderPng(chart.wide) },
        { name: `charts/${chart.id}.dark.png`, bytes: renderPng(darkSvg(chart.wide)) },
      );
    }
  }
  return { html, files };
}

function describe(input: ReportInput): string {
  const { plan, paths } = input;
  const reference = paths[0];
  const start = new Date(plan.startSeconds * 1000).toISOString().slice(0, 10);
  return reference === undefined
    ? `${plan.title}. Plan only; no simulation.`
    : `${plan.title}. ${reference.wallets.toLocaleString('en-US')} wallets at launch one by one, ${reference.days.toLocaleString('en-US')} days from ${start}, ${paths.length} full-population ${paths.length === 1 ? 'run' : 'runs'}${
        input.bands === undefined
          ? ''
          : `, bands from ${input.bands.runs} runs at 1:${input.bands.scale}`
      }.`;
}

function file(name: string, text: string): ReportFile {
  return { name, bytes: new TextEncoder().encode(text) };
}
