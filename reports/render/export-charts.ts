import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Spec } from '../charts/exhibit.js';
import type { ReportFile } from './build-report.js';
import { renderPng } from './render-png.js';
import { renderSvg } from './render-svg.js';
import { darkSvg } from './theme-svg.js';

export interface ExportChartsParameters {
  /** Folder of a report. */
  readonly folder: string;
  /** Ids of the charts; all when absent. */
  readonly charts?: readonly string[] | undefined;
  readonly scheme: 'light' | 'dark';
  readonly format: 'png' | 'svg';
  /** Pixels of a PNG per pixel of the chart. */
  readonly zoom: number;
}

const SUFFIX = '.vl.json';

/**
 * Draws the charts of a report again from the specifications that lie beside it.
 *
 * @throws ToolkitError `REPORT_NOT_FOUND`, `REPORT_CHART_UNKNOWN`, `REPORT_SPEC_INVALID` (exit 2).
 */
export async function exportCharts(
  parameters: ExportChartsParameters,
): Promise<readonly ReportFile[]> {
  const folder = join(parameters.folder, 'charts');
  const known = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(SUFFIX))
        .map((name) => name.slice(0, -SUFFIX.length))
        .sort()
    : [];
  if (known.length === 0) {
    throw new ToolkitError({
      code: 'REPORT_NOT_FOUND',
      message: 'There are no chart specifications in this folder.',
      where: folder,
      next: 'masa report build makes a report.',
      exitCode: 2,
    });
  }
  const chosen = parameters.charts ?? known;
  const unknown = chosen.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    throw new ToolkitError({
      code: 'REPORT_CHART_UNKNOWN',
      message: `The report has no chart ${unknown.map((id) => JSON.stringify(id)).join(', ')}.`,
      where: folder,
      allowed: known.join(', '),
      exitCode: 2,
    });
  }
  const files: ReportFile[] = [];
  for (const id of chosen) {
    const { svg: light } = await renderSvg(readSpec(join(folder, id + SUFFIX)));
    const svg = parameters.scheme === 'dark' ? darkSvg(light) : light;
    const scheme = parameters.scheme === 'dark' ? '.dark' : '';
    files.push({
      name: `${id}${scheme}.${parameters.format}`,
      bytes:
        parameters.format === 'png'
          ? renderPng(svg, parameters.zoom)
          : new TextEncoder().encode(svg),
    });
  }
  return files;
}

function readSpec(file: string): Spec {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Spec;
  } catch (cause) {
    throw new ToolkitError({
      code: 'REPORT_SPEC_INVALID',
      message: `The specification is not JSON: ${(cause as Error).message}`,
      where: file,
      next: 'Build the report again.',
      exitCode: 2,
      cause,
    });
  }
}
