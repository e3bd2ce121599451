import { describe, expect, it } from 'vitest';
import { renderPng } from './render-png.js';
import { renderSvg } from './render-svg.js';
import { darkSvg, inlineSvg } from './theme-svg.js';

const spec = (extra: object) => ({
  width: 200,
  height: 100,
  background: '#ffffff',
  data: { values: [{ a: 1, b: 2 }] },
  mark: { type: 'point', color: '#2563c9' },
  encoding: {
    x: { field: 'a', type: 'quantitative', title: 'a label' },
    y: { field: 'b', type: 'quantitative' },
  },
  ...extra,
});

describe('renderSvg', () => {
  it.each([
    ['loads data from the network', spec({ data: { url: 'https://example.invalid/data.json' } })],
    ['has no mark', spec({ mark: undefined })],
    ['has a broken expression', spec({ transform: [{ calculate: 'datum.(', as: 'c' }] })],
  ])('refuses a specification that %s', async (_, bad) => {
    await expect(renderSvg(bad)).rejects.toMatchObject({ code: 'REPORT_SPEC_INVALID' });
  });

  it('reports what Vega-Lite warns of', async () => {
    const { warnings } = await renderSvg(
      spec({ encoding: { x: { field: 'a', type: 'quantitative' }, nonsense: { field: 'b' } } }),
    );
    expect(warnings.join()).toContain('nonsense');
  });

  it('gives the same bytes twice', async () => {
    expect((await renderSvg(spec({}))).svg).toBe((await renderSvg(spec({}))).svg);
  });
});

describe('theme', () => {
  it('turns colours into variables on a page and into dark ones in a file', async () => {
    const { svg } = await renderSvg(spec({}));
    const inline = inlineSvg(svg, 'x', 'a <b> & "c"');
    expect(inline).toContain('var(--blue)');
    expect(inline).toContain('var(--paper)');
    expect(inline).not.toContain('#2563c9');
    expect(inline).toContain('<title id="x-alt">a &lt;b&gt; &amp; &quot;c&quot;</title>');
    expect(inline).not.toMatch(/font-family|id="clip/);
    expect(darkSvg(svg)).toContain('#6ea1ff');
    expect(darkSvg(svg)).not.toContain('#2563c9');
  });
});

describe('renderPng', () => {
  it('draws the picture with its text, twice the same', async () => {
    const { svg } = await renderSvg(spec({}));
    const png = renderPng(svg);
    expect([...png.slice(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    const view = new DataView(png.buffer, png.byteOffset);
    const width = Number(/ width="([\d.]+)"/.exec(svg)![1]);
    expect(view.getUint32(16)).toBe(Math.round(width * 2));
    expect(Buffer.compare(png, renderPng(svg))).toBe(0);
    const mute = renderPng(svg.replace(/<text[^>]*>[^<]*<\/text>/g, ''));
    expect(mute.length).toBeLessThan(png.length * 0.8);
  });
});
