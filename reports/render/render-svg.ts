import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Spec } from '../charts/exhibit.js';
import { loadFontMetrics } from './font-metrics.js';

export interface RenderedSvg {
  readonly svg: string;
  /** What Vega-Lite or Vega complained about; empty for every chart of this room. */
  readonly warnings: readonly string[];
}

let measuring = false;

/**
 * Draws a Vega-Lite specification as a static SVG, without a browser and without a canvas. Nothing is loaded: a
 * specification that names a URL fails.
 *
 * @throws ToolkitError `REPORT_SPEC_INVALID` when it does not compile or run.
 * @example (await renderSvg(chart.spec(wideLayout))).svg // '<svg …'
 */
export async function renderSvg(spec: Spec): Promise<RenderedSvg> {
  measureWithBundledFont();
  const warnings: string[] = [];
  const errors: string[] = [];
  const logger = collectingLogger(warnings, errors);
  try {
    // A copy, because Vega marks the rows that it reads.
    const compiled = compile(structuredClone(spec) as unknown as TopLevelSpec, { logger }).spec;
    const loader = vega.loader();
    loader.load = async (uri) => {
      errors.push(`it asks for the external resource ${uri}`);
      return '[]';
    };
    const view = new vega.View(vega.parse(compiled), { renderer: 'none', loader, logger });
    const svg = tidySvg(await view.toSVG());
    view.finalize();
    if (errors.length > 0)
      throw new ToolkitError({ code: 'REPORT_SPEC_INVALID', message: errors.join('; ') });
    return { svg, warnings };
  } catch (cause) {
    throw new ToolkitError({
      code: 'REPORT_SPEC_INVALID',
      message: `A chart specification cannot be drawn: ${cause instanceof Error ? cause.message : String(cause)}`,
      where: typeof spec.description === 'string' ? spec.description : undefined,
      cause,
    });
  }
}

/**
 * Coordinates to a hundredth of a pixel, and clip paths numbered from 0: Vega counts them over the life of the process,
 * which would make the same chart differ from call to call.
 */
function tidySvg(svg: string): string {
  const ids = new Map<string, string>();
  for (const [, id] of svg.matchAll(/ id="((?:clip|gradient)[^"]*)"/g)) {
    ids.set(id!, `${id!.replace(/[\d_]+$/, '')}${ids.size}`);
  }
  return svg
    .replace(/ id="([^"]*)"/g, (match, id: string) =>
      ids.has(id) ? ` id="${ids.get(id)}"` : match,
    )
    .replace(/url\(#([^)]*)\)/g, (match, id: string) =>
      ids.has(id) ? `url(#${ids.get(id)})` : match,
    )
    .replace(/ (?:d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height)="[^"]*"/g, (attribute) =>
      attribute.replace(/-?\d*\.\d{3,}(?:e-?\d+)?/g, (number) =>
        String(Number(Number(number).toFixed(2))),
      ),
    );
}

/** Without a canvas Vega guesses 0.8 em per character, which wastes a third of a phone's width; measure instead. */
function measureWithBundledFont(): void {
  if (measuring) return;
  const fonts = loadFontMetrics();
  const metrics = (vega as unknown as { textMetrics: TextMetrics }).textMetrics;
  metrics.width = (item, text) => {
    const lines = Array.isArray(text) ? text : [text ?? item.text];
    const bold = item.fontWeight === 'bold' || Number(item.fontWeight) >= 600;
    const font = bold ? fonts.bold : fonts.regular;
    const size = item.fontSize ?? 11;
    return Math.max(0, ...lines.map((line) => font.width(String(line ?? ''), size)));
  };
  measuring = true;
}

interface TextMetrics {
  width: (
    item: { text?: unknown; fontSize?: number; fontWeight?: string | number },
    text?: unknown,
  ) => number;
}

function collectingLogger(warnings: string[], errors: string[]): vega.LoggerInterface {
  const logger: vega.LoggerInterface = {
    level: ((value?: number) => (value === undefined ? vega.Warn : logger)) as never,
    error: (...parts: readonly unknown[]) => {
      errors.push(parts.map(String).join(' '));
      return logger;
    },
    warn: (...parts: readonly unknown[]) => {
      warnings.push(parts.map(String).join(' '));
      return logger;
    },
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}
