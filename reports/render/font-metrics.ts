import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ToolkitError } from '../../genesis/base/errors.js';

/** The bundled font: PNG pictures are drawn with it, and label widths are measured with it. */
export const FONT_FAMILY = 'DejaVu Sans';

export interface FontMetrics {
  /** Width of `text` in pixels at `size` pixels. */
  width(text: string, size: number): number;
}

/** Paths of the regular and the bold face, from the `dejavu-fonts-ttf` package. */
export function findFontFiles(): { readonly regular: string; readonly bold: string } {
  const { resolve } = createRequire(import.meta.url);
  try {
    return {
      regular: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
      bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
    };
  } catch (cause) {
    throw new ToolkitError({
      code: 'REPORT_FONT_MISSING',
      message: 'The bundled font dejavu-fonts-ttf is not installed.',
      next: 'Run npm install again.',
      cause,
    });
  }
}

/**
 * Reads advance widths from a TrueType file (tables head, hhea, hmtx and a format-4 cmap), so that charts can be laid
 * out on a machine without any graphics library. Kerning is ignored; an unknown character counts as the glyph 0 box.
 */
export function parseFontMetrics(file: Uint8Array): FontMetrics {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = new Map<string, number>();
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const entry = 12 + 16 * index;
    const tag = String.fromCharCode(...file.subarray(entry, entry + 4));
    tables.set(tag, view.getUint32(entry + 8));
  }
  const table = (tag: string) => {
    const offset = tables.get(tag);
    if (offset === undefined) throw invalidFont(`it has no table "${tag}"`);
    return offset;
  };
  const unitsPerEm = view.getUint16(table('head') + 18);
  const metricCount = view.getUint16(table('hhea') + 34);
  const hmtx = table('hmtx');
  const glyphOf = characterMap(view, table('cmap'));
  const advance = (glyph: number) => view.getUint16(hmtx + 4 * Math.min(glyph, metricCount - 1));
  const cache = new Map<number, number>();
  return {
    width(text, size) {
      let units = 0;
      for (const character of text) {
        const code = character.codePointAt(0)!;
        let width = cache.get(code);
        if (width === undefined) {
          width = advance(glyphOf(code));
          cache.set(code, width);
        }
        units += width;
      }
      return (units / unitsPerEm) * size;
    },
  };
}

/** The bundled regular and bold faces. */
export function loadFontMetrics(): { readonly regular: FontMetrics; readonly bold: FontMetrics } {
  const files = findFontFiles();
  return {
    regular: parseFontMetrics(readFileSync(files.regular)),
    bold: parseFontMetrics(readFileSync(files.bold)),
  };
}

function characterMap(view: DataView, cmap: number): (code: number) => number {
  for (let index = 0; index < view.getUint16(cmap + 2); index += 1) {
    const start = cmap + view.getUint32(cmap + 4 + 8 * index + 4);
    if (view.getUint16(start) === 4) return (code) => glyphOfFormat4(view, start, code);
  }
  throw invalidFont('it has no character map of format 4');
}

function glyphOfFormat4(view: DataView, start: number, code: number): number {
  const doubled = view.getUint16(start + 6);
  const ends = start + 14;
  const starts = ends + doubled + 2;
  const deltas = starts + doubled;
  const offsets = deltas + doubled;
  for (let at = 0; at < doubled; at += 2) {
    if (code > view.getUint16(ends + at)) continue;
    const first = view.getUint16(starts + at);
    if (code < first) return 0;
    const delta = view.getUint16(deltas + at);
    const offset = view.getUint16(offsets + at);
    if (offset === 0) return (code + delta) & 0xffff;
    const glyph = view.getUint16(offsets + at + offset + 2 * (code - first));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

function invalidFont(why: string): ToolkitError {
  return new ToolkitError({
    code: 'REPORT_FONT_INVALID',
    message: `The font file cannot be read: ${why}.`,
    allowed: 'a TrueType file',
  });
}
