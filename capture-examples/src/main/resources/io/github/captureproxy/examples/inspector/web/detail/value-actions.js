// What can be done with one value: copy it, and filter the list by it. Seen when the row is pointed at or has the focus.

import { html, nothing, svg } from 'lit';
import { copy } from '../parts/clip.js';

const SHAPES = {
  copy: svg`<path d="M5.5 5.5h8v8h-8z M10.5 5.5v-3h-8v8h3" />`,
  filter: svg`<path d="M2 3h12l-4.5 5.5v4l-3 1.5v-5.5z" />`,
};

export const drawing = (name) => html`<svg class="drawing" viewBox="0 0 16 16" aria-hidden="true"
  focusable="false">${SHAPES[name]}</svg>`;

/**
 * The buttons for a value.
 *
 * @param host the element that tells the list
 * @param name what the value is of, such as a field's name
 * @param value what is copied
 * @param filter the text that is added to the list's filter, if there is one
 */
export function valueActions(host, name, value, filter) {
  const short = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return html`<span class="value-actions">
    ${filter ? html`<button class="quiet icon-button" data-action="filter" title="Filter the list by this"
      aria-label="Filter by ${short}" @click=${() => host.emit('filter-add', { text: filter })}>${drawing('filter')}</button>` : nothing}
    <button class="quiet icon-button" data-action="copy-value" title="Copy" aria-label="Copy ${short}"
      @click=${() => copy(value, 'Value')}>${drawing('copy')}</button>
  </span>`;
}
