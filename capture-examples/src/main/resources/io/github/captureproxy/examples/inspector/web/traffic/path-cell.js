// The cell that says what was asked for: path and query; of a tunnel, why it was relayed and where that is mended.

import { html, nothing } from 'lit';
import { authority, url } from './row-model.js';
import { tunnelWords } from './tunnel-words.js';

/** Longer ones are cut by the edge of the column anyway. */
const MAX_SHOWN = 400;

export function pathCell(row, { hasHost }) {
  if (row.reason && row.tunnel) return tunnel(row, hasHost);
  const at = row.path.indexOf('?');
  const path = at < 0 ? row.path : row.path.slice(0, at);
  const query = at < 0 ? '' : row.path.slice(at, at + MAX_SHOWN);
  return html`<span class="path" title=${url(row)}>${hasHost ? nothing
    : html`<span class="soft">${authority(row)}</span>`}${path.slice(0, MAX_SHOWN)}${query
    ? html`<span class="soft">${query}</span>` : nothing}</span>`;
}

/** The link is for the mouse; by keyboard, the detail has it. */
function tunnel(row, hasHost) {
  const { text, detail, fix } = tunnelWords(row.reason, row.reasonDetail);
  const words = detail ? `${text}: ${detail}` : text;
  return html`<span class="why" title=${fix ? `${words}. ${fix.text}` : words}>${hasHost ? nothing
    : html`<span>${authority(row)} </span>`}${words}</span>${fix
    ? html`<a class="fix" href=${fix.link} tabindex="-1" title=${fix.text}>${fix.action}</a>` : nothing}`;
}
