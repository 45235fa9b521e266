// The row of column names, of which most sort.

import { html, nothing } from 'lit';

/** `sort({sort, desc})` is called with the order that a click asks for. */
export function headerRow(columns, view, sort) {
  return html`<div role="row" class="list-row head" aria-rowindex="1">
    ${columns.map((column) => header(column, view, sort))}
  </div>`;
}

function header(column, view, sort) {
  const sorted = column.sort && column.sort === view.sort;
  const order = sorted ? (view.desc ? 'descending' : 'ascending') : column.sort ? 'none' : nothing;
  const name = html`<span>${column.short ?? column.name}</span>${column.short === undefined ? nothing
    : html`<span class="hidden-text">${column.name}</span>`}`;
  return html`<div role="columnheader" class="cell cell-${column.id} ${column.end ? 'end' : ''}" aria-sort=${order}>
    ${column.sort ? html`<button class="sorter" @click=${() => sort({ sort: column.sort, desc: sorted && !view.desc })}>
      ${name}<span class="arrow" aria-hidden="true">${sorted ? (view.desc ? '▾' : '▴') : ''}</span></button>` : name}
  </div>`;
}
