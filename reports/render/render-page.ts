import type { Exhibit } from '../charts/exhibit.js';
import { pageStyle } from './page-style.js';
import { renderTable } from './render-table.js';
import { escapeXml, inlineSvg } from './theme-svg.js';

export interface DrawnChart {
  readonly id: string;
  readonly spec: string;
  readonly wide: string;
  readonly narrow: string;
}

/** A fact at the top of the page. */
export interface VerdictCard {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly tone?: 'good' | 'bad' | 'muted' | undefined;
  /** Written in a fixed-width face over two columns. */
  readonly hash?: boolean | undefined;
}

export interface PageParameters {
  readonly title: string;
  readonly subtitle: string;
  readonly cards: readonly VerdictCard[];
  readonly exhibits: readonly Exhibit[];
  readonly drawn: ReadonlyMap<string, DrawnChart>;
  readonly footer: string;
}

/**
 * The whole report as one HTML document that loads nothing: styles, pictures and specifications stand in it, and its
 * content security policy forbids every request.
 */
export function renderPage(parameters: PageParameters): string {
  const { title, exhibits } = parameters;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapeXml(title)}</title>
<style>${pageStyle()}</style>
</head>
<body>
<a class="skip" href="#${exhibits[0]?.id ?? 'top'}">Skip to the exhibits</a>
<div class="frame" id="top">
<header><h1>${escapeXml(title)}</h1><p>${escapeXml(parameters.subtitle)}</p>
<ul class="cards">${parameters.cards.map(card).join('')}</ul></header>
<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>${exhibits
    .map(
      (exhibit) =>
        `<li><a href="#${exhibit.id}"><span class="number">${exhibit.number}</span>${escapeXml(exhibit.title)}</a></li>`,
    )
    .join('')}</ol></nav>
<main>
${exhibits.map((exhibit) => section(exhibit, parameters.drawn)).join('\n')}
</main>
<footer>${escapeXml(parameters.footer)} <a href="#top">Back to the top</a></footer>
</div>
<script>${saveScript}</script>
</body>
</html>
`;
}

function card(item: VerdictCard): string {
  const value = item.hash ? `<code>${escapeXml(item.value)}</code>` : escapeXml(item.value);
  return `<li${item.hash ? ' class="wide"' : ''}><span class="name">${escapeXml(item.name)}</span><span class="value${item.tone === undefined ? '' : ` ${item.tone}`}">${value}</span>${
    item.note === undefined ? '' : `<span class="note">${escapeXml(item.note)}</span>`
  }</li>`;
}

function section(exhibit: Exhibit, drawn: ReadonlyMap<string, DrawnChart>): string {
  const figures = exhibit.charts.map((chart) => {
    const picture = drawn.get(chart.id);
    if (picture === undefined) return '';
    return `<figure id="chart-${chart.id}"><figcaption><span>${escapeXml(chart.title)}</span><span class="save" data-chart="${chart.id}" hidden><button type="button" data-kind="svg" aria-label="Save ${escapeXml(chart.title)} as SVG">SVG</button><button type="button" data-kind="spec" aria-label="Save the Vega-Lite specification of ${escapeXml(chart.title)}">Spec</button></span></figcaption><div class="wide">${inlineSvg(picture.wide, `${chart.id}-w`, chart.alt)}</div><div class="narrow">${inlineSvg(picture.narrow, `${chart.id}-n`, chart.alt)}</div><script type="application/json" id="spec-${chart.id}">${picture.spec.replace(/</g, '\\u003c')}</script></figure>`;
  });
  const words = exhibit.words;
  return `<section id="${exhibit.id}" aria-labelledby="${exhibit.id}-title"><h2 id="${exhibit.id}-title"><span class="number">${exhibit.number}</span>${escapeXml(exhibit.title)}</h2>
<p class="lead">${escapeXml(exhibit.lead)}</p>
${figures.join('\n')}
${exhibit.tables.map(renderTable).join('\n')}
<div class="words"><p><strong>Definition.</strong> ${escapeXml(exhibit.definition)}</p>${
    exhibit.assumed.length === 0
      ? ''
      : `<p><strong>Assumed and observed.</strong></p><ul>${exhibit.assumed.map((item) => `<li>${escapeXml(item)}</li>`).join('')}</ul>`
  }</div>
${
  words === undefined
    ? ''
    : `<div class="aside"><h3>${escapeXml(words.title)}</h3><ul>${words.items.map((item) => `<li>${escapeXml(item)}</li>`).join('')}</ul></div>`
}</section>`;
}

/** Saves a picture (with the reader's colours filled in) or its specification; without scripting the buttons stay hidden. */
const saveScript = `
for (const group of document.querySelectorAll('.save')) {
  group.hidden = false;
  group.addEventListener('click', (event) => {
    const kind = event.target.dataset && event.target.dataset.kind;
    if (!kind) return;
    const id = group.dataset.chart;
    const style = getComputedStyle(document.documentElement);
    const svg = () => {
      const copy = document.querySelector('#chart-' + id + ' .wide svg').cloneNode(true);
      copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
      copy.setAttribute('font-family', 'DejaVu Sans, Verdana, sans-serif');
      copy.style.background = style.getPropertyValue('--paper');
      return copy.outerHTML.replace(/var\\((--[a-z]+)\\)/g, (_, name) => style.getPropertyValue(name).trim());
    };
    const text = kind === 'svg' ? svg() : document.getElementById('spec-' + id).textContent;
    const type = kind === 'svg' ? 'image/svg+xml' : 'application/json';
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = id + (kind === 'svg' ? '.svg' : '.vl.json');
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}
`.trim();
