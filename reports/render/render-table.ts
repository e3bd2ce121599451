import type { Cell, Table } from '../charts/exhibit.js';
import { escapeXml } from './theme-svg.js';

/** A table as HTML inside a region that scrolls sideways on its own, with row and column headers. */
export function renderTable(table: Table): string {
  const numeric = table.columns.map((column) => column.numeric === true);
  const row = (cells: readonly Cell[]) =>
    `<tr>${cells
      .map((cell, index) => {
        const className = numeric[index] ? ' class="n"' : ' class="t"';
        return index === 0
          ? `<th scope="row">${cellHtml(cell)}</th>`
          : `<td${className}>${cellHtml(cell)}</td>`;
      })
      .join('')}</tr>`;
  const id = escapeXml(table.id);
  const caption = escapeXml(table.caption);
  const [before, after] = table.collapsed
    ? [`<details><summary class="caption" id="${id}-caption">${caption}</summary>`, '</details>']
    : [`<div class="caption" id="${id}-caption">${caption}</div>`, ''];
  return `${before}<div class="scroll" role="region" aria-labelledby="${id}-caption" tabindex="0"><table id="${id}" aria-labelledby="${id}-caption"><thead><tr>${table.columns
    .map(
      (column) =>
        `<th scope="col"${column.numeric ? ' class="n"' : ''}>${escapeXml(column.label)}</th>`,
    )
    .join('')}</tr></thead><tbody>${table.rows.map(row).join('')}</tbody>${
    table.footer === undefined ? '' : `<tfoot>${table.footer.map(row).join('')}</tfoot>`
  }</table></div>${after}`;
}

function cellHtml(cell: Cell): string {
  const { text, tone, badge } = typeof cell === 'string' ? { text: cell } : { ...cell };
  const [first = '', ...rest] = text.split('\n').map(escapeXml);
  const body = [first, ...rest.map((line) => `<small>${line}</small>`)].join('');
  const toned = tone === undefined ? body : `<span class="${tone}">${body}</span>`;
  return badge === undefined ? toned : `${toned}<span class="badge">${escapeXml(badge)}</span>`;
}
