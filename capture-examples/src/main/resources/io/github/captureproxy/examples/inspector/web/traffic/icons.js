// The few drawings of the list, with the words that they stand for.

import { html, svg } from 'lit';

const SHAPES = {
  pin: svg`<path d="M9.5 1.5 14.5 6.5 11 8 8.5 12 4 7.5 8 5z M6 10 1.5 14.5" />`,
  note: svg`<path d="M2.5 2.5h11v7l-4 4h-7z M9.5 13.5v-4h4" />`,
  help: svg`<circle cx="8" cy="8" r="6.25" /><path d="M6 6.2a2 2 0 1 1 2.8 1.8c-.6.3-.8.6-.8 1.2v.3 M8 11.4v.2" />`,
  columns: svg`<path d="M2 2.5h12v11h-12z M6 2.5v11 M10 2.5v11" />`,
  hosts: svg`<path d="M2.5 3h11v4h-11z M2.5 9h11v4h-11z M5 5h.1 M5 11h.1" />`,
  broken: svg`<path d="M8 2.2 14.4 13.5H1.6z M8 6.4v3.4 M8 11.6v.1" />`,
  turned: svg`<path d="M5.5 2.5 2.5 5.5l3 3 M2.5 5.5H10a3.5 3.5 0 0 1 0 7H6" />`,
  close: svg`<path d="M4 4l8 8 M12 4l-8 8" />`,
};

/** A drawing; with words it is read out, without them it is for the eye alone. */
export function icon(name, words) {
  const shape = html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;
  return words ? html`${shape}<span class="hidden-text">${words}</span>` : shape;
}
