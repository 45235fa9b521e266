// What an exchange is, at a glance: method, URL, status, time, size, how it ended, and its redirects.

import { html, nothing } from 'lit';
import { bytes, dateTime, millis } from '../parts/format.js';
import { seenInLine } from './unseen.js';
import { copy } from '../parts/clip.js';
import { drawing } from './value-actions.js';
import { outcomeWords } from './outcome-words.js';

const CLASSES = { 1: 'notice', 2: 'good', 3: 'notice', 4: 'warn', 5: 'bad' };
const LONG = 1_000;

export const statusClass = (status) => CLASSES[Math.floor(status / 100)] ?? 'soft';

export function urlLine(target) {
  const { url } = target;
  return html`<h2 class="url-line"><span class="method">${seenInLine(target.method)}</span>
    <span class="mono url" tabindex="0">${seenInLine(url.length > LONG ? `${url.slice(0, LONG)}…` : url)}</span>
    <button class="quiet icon-button" data-action="copy-url" title="Copy the URL" aria-label="Copy the URL"
      @click=${() => copy(url, 'URL')}>${drawing('copy')}</button></h2>`;
}

export function headLine(detail) {
  const { response, outcome, grpc } = detail;
  return html`<header class="detail-head">
    ${urlLine(detail.target)}
    <p class="facts-line">
      ${response ? html`<b class=${statusClass(response.status)}>${response.status} ${seenInLine(response.reason)}</b>`
        : html`<b class="bad">No response</b>`}
      ${grpc ? html`<span class="badge">gRPC ${grpc.statusName ?? 'without a status'}</span>` : nothing}
      ${detail.upgradedTo ? html`<span class="badge">${detail.upgradedTo}</span>` : nothing}
      <span>${millis(detail.duration)}</span>
      ${response ? html`<span>${bytes(response.body.size)}</span>` : nothing}
      <span class="soft">${dateTime(detail.startedAt)}</span>
      <span class="soft">${detail.hops.client.version}</span>
    </p>
    ${outcome.ok ? nothing : html`<p class="problem">${outcomeWords(outcome)}</p>`}
    ${redirects(detail)}
  </header>`;
}

function redirects({ redirectedFrom: from, redirectedTo: to, redirectTarget: target }) {
  if (!from && !target) return nothing;
  return html`<p class="redirects">
    ${from ? html`<span>Led here by <a href="#/traffic?row=${from.row}" data-action="redirected-from">${from.status}
      ${seenInLine(from.url)}</a></span>` : nothing}
    ${to ? html`<span>Followed by <a href="#/traffic?row=${to.row}" data-action="redirected-to">${to.status || 'no response'}
      ${seenInLine(to.url)}</a></span>`
      : target ? html`<span class="soft">Leads to ${seenInLine(target)}, which this client was not seen to ask for.</span>` : nothing}
  </p>`;
}
