import { type ColourRole, palette } from '../charts/palette.js';

const roles = Object.entries(palette) as [ColourRole, { light: string; dark: string }][];

/** The same picture in the dark colours, for a file that stands alone. */
export function darkSvg(svg: string): string {
  return replaceColours(svg, (_, colours) => colours.dark);
}

/**
 * The picture as a part of a page: colours become CSS variables, so that it follows the page's light or dark scheme;
 * the font is the page's; ids are made unique; the text alternative stands in the element.
 */
export function inlineSvg(svg: string, id: string, alt: string): string {
  const [, width, height] = /<svg[^>]*width="([\d.]+)"[^>]*height="([\d.]+)"/.exec(svg) ?? [];
  const body = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/ font-family="[^"]*"/g, '')
    .replace(/ (?:class|aria-[a-z]+|role)="[^"]*"/g, '')
    .replace(/id="((?:clip|gradient)[^"]*)"/g, `id="${id}-$1"`)
    .replace(/url\(#((?:clip|gradient)[^)]*)\)/g, `url(#${id}-$1)`);
  const coloured = replaceColours(body, (role) => `var(--${role})`);
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-alt"><title id="${id}-alt">${escapeXml(alt)}</title>${coloured}</svg>`;
}

export function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

function replaceColours(
  svg: string,
  value: (role: ColourRole, colours: { light: string; dark: string }) => string,
): string {
  return svg.replace(
    /(["'(:])(#[0-9a-fA-F]{6})(?=["');])/g,
    (match, before: string, hex: string) => {
      const found = roles.find(([, colours]) => colours.light === hex.toLowerCase());
      return found === undefined ? match : before + value(found[0], found[1]);
    },
  );
}
