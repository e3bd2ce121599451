import { Resvg } from '@resvg/resvg-js';
import { FONT_FAMILY, findFontFiles } from './font-metrics.js';

/**
 * Draws an SVG as PNG with the bundled font only, so that the picture does not depend on the machine's fonts.
 *
 * @param zoom Pixels of the picture per pixel of the SVG, default 2.
 */
export function renderPng(svg: string, zoom = 2): Uint8Array {
  const { regular, bold } = findFontFiles();
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontFiles: [regular, bold], loadSystemFonts: false, defaultFontFamily: FONT_FAMILY },
  })
    .render()
    .asPng();
}
