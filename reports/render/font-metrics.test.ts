import { readFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { findFontFiles, loadFontMetrics, parseFontMetrics } from './font-metrics.js';

/** Advance of a text as an independent reader of the font sees it: where a bar drawn after it begins. */
function advanceByResvg(text: string, bold: boolean): number {
  const { regular, bold: boldFile } = findFontFiles();
  const measure = (content: string) =>
    new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="100"><text y="50" font-size="40" font-weight="${bold ? 'bold' : 'normal'}" font-family="DejaVu Sans" style="font-kerning:none">|${content}|</text></svg>`,
      { font: { fontFiles: [regular, boldFile], loadSystemFonts: false } },
    ).getBBox()!.width;
  return measure(text) - measure('');
}

describe('loadFontMetrics', () => {
  const fonts = loadFontMetrics();
  it.each(['Circulating supply', '1,588,866,523', 'iiiiMMMM', '−92.9 % – ≤ “so” × é'])(
    'measures %j like resvg',
    (text) => {
      expect(Math.abs(fonts.regular.width(text, 40) - advanceByResvg(text, false))).toBeLessThan(1);
      expect(Math.abs(fonts.bold.width(text, 40) - advanceByResvg(text, true))).toBeLessThan(1);
    },
  );
});

describe('parseFontMetrics', () => {
  it('refuses what is not a font', () => {
    expect(() => parseFontMetrics(new Uint8Array(64))).toThrowError(
      expect.objectContaining({ code: 'REPORT_FONT_INVALID' }),
    );
  });

  it('counts an unknown character as the box of glyph 0', () => {
    const font = parseFontMetrics(readFileSync(findFontFiles().regular));
    expect(font.width('\u{10ffff}', 10)).toBeGreaterThan(0);
  });
});
