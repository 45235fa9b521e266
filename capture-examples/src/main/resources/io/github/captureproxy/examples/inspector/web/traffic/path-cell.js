// The cell that says what was asked for: path and query; of a tunnel, why it was relayed and where that is mended.

import { html, nothing } from 'lit';
import { authority, url } from './row-model.js';
import { fixLink } from './fix-link.js';

/** Longer ones are cut by the edge of the column anyway. */
const MAX_SHOWN = 400;

export function pathCell(row, { hasHost }) {
  if (row.why) return tunnel(row, hasHost);
  const at = row.path.indexOf('?');
  const path = at < 0 ? row.path : row.path.slice(0, at);
  const query = at < 0 ? '' : row.path.slice(at, at + MAX_SHOWN);
  return html`<span class="path" title=${url(row)}>${hasHost ? nothing
    : html`<span class="soft">${authority(row)}</span>`}${path.slice(0, MAX_SHOWN)}${query
    ? html`<span class="soft">${query}</span>` : nothing}</span>`;
}

/** The link is for the mouse; by keyboard, the detail has it. */
function tunnel(row, hasHost) {
  const { title, detail, fix } = row.why;
  const words = detail ? `${title}: ${detail}` : title;
  const link = fixLink(row.why);
  return html`<span class="why" title=${fix ? `${words}; ${fix}` : words}>${hasHost ? nothing
    : html`<span>${authority(row)} </span>`}${words}</span>${link
    ? html`<a class="fix" href=${link.href} tabindex="-1" title=${fix}>${link.words}</a>` : nothing}`;
}
