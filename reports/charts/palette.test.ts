import { describe, expect, it } from 'vitest';
import { type ColourRole, palette, seriesColours } from './palette.js';

/** WCAG 2 relative luminance and contrast. */
function contrast(first: string, second: string): number {
  const [high, low] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

const cards = { light: '#f6f7f9', dark: '#1c2026' };

describe.each(['light', 'dark'] as const)('the %s palette', (scheme) => {
  it.each(['ink', 'soft', 'good', 'bad', 'blue'] as const)('%s is readable as text', (role) => {
    expect(contrast(palette[role][scheme], palette.paper[scheme])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette[role][scheme], cards[scheme])).toBeGreaterThanOrEqual(4.5);
  });

  it('has series that stand out from the paper', () => {
    for (const [role, colours] of Object.entries(palette) as [ColourRole, typeof palette.ink][]) {
      if (!seriesColours.includes(colours.light)) continue;
      expect(contrast(colours[scheme], palette.paper[scheme]), role).toBeGreaterThanOrEqual(3);
    }
  });

  it('maps every light colour to one role only', () => {
    const values = Object.values(palette).map((colours) => colours.light);
    expect(new Set(values).size).toBe(values.length);
  });
});
