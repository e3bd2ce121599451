/** Every colour a chart may use, by role. Specs carry the light value; the page swaps it for a CSS variable. */
export const palette = {
  paper: { light: '#ffffff', dark: '#15181c' },
  ink: { light: '#1d2125', dark: '#e9ecef' },
  soft: { light: '#555d66', dark: '#a8b1bc' },
  grid: { light: '#e3e6ea', dark: '#2e353d' },
  blue: { light: '#2563c9', dark: '#6ea1ff' },
  orange: { light: '#c2600a', dark: '#f0974a' },
  teal: { light: '#0f766e', dark: '#3fbfae' },
  violet: { light: '#7c3aed', dark: '#b49bff' },
  pink: { light: '#be185d', dark: '#f27bb0' },
  olive: { light: '#5a7d0e', dark: '#a3c74a' },
  slate: { light: '#64748b', dark: '#8797ad' },
  sky: { light: '#0284c7', dark: '#4cc3f5' },
  outer: { light: '#d3e0f6', dark: '#22334f' },
  inner: { light: '#a3bfec', dark: '#35538a' },
  good: { light: '#17734a', dark: '#5fd39a' },
  bad: { light: '#b3261e', dark: '#ff9088' },
} as const;

export type ColourRole = keyof typeof palette;

/** Colours of nominal series in order. */
export const seriesColours: readonly string[] = [
  palette.blue.light,
  palette.orange.light,
  palette.teal.light,
  palette.violet.light,
  palette.pink.light,
  palette.olive.light,
  palette.slate.light,
  palette.sky.light,
];

/** The light colour of the n-th series; repeats after eight. */
export function seriesColour(index: number): string {
  return seriesColours[index % seriesColours.length]!;
}
