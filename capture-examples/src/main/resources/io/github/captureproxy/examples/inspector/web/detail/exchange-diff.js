// What differs between two exchanges: their first lines and outcomes, fields by name, bodies line by line.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { json } from '../api.js';
import { millis, plural } from '../parts/format.js';
import { seenInLine } from './unseen.js';
import './body-diff.js';

class ExchangeDiff extends Part {
  static properties = {
    a: { type: Number }, b: { type: Number }, diff: { state: true }, problem: { state: true }, all: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('a') || changed.has('b')) this.#load();
  }

  async #load() {
    const { a, b } = this;
    this.diff = undefined;
    this.problem = undefined;
    if (!a || !b) return;
    try {
      const diff = await json(`/api/diff?a=${a}&b=${b}`);
      if (a === this.a && b === this.b) this.diff = diff;
    } catch (error) {
      this.problem = error.message;
    }
  }

  render() {
    if (this.problem) return html`<div class="detail"><p class="problem">${this.problem}</p></div>`;
    if (!this.diff) return html`<div class="detail"><p class="soft" aria-busy="true">Comparing…</p></div>`;
    const { a, b, requestHeaders, responseHeaders, trailers } = this.diff;
    return html`<article class="detail diff" aria-label="Comparison of rows ${a.row} and ${b.row}">
      <div class="detail-panel">
        <label class="check"><input type="checkbox" .checked=${this.all ?? false}
          @change=${(event) => (this.all = event.target.checked)}> Show what is the same, too</label>
        ${this.#table('Exchange', [
          ['Method', a.target.method, b.target.method], ['URL', a.target.url, b.target.url],
          ['Status', status(a), status(b)], ['Outcome', a.outcome.status, b.outcome.status],
          ['Version', a.hops.client.version, b.hops.client.version], ['Duration', millis(a.duration), millis(b.duration)],
        ].map(([name, before, after]) => ({ name, before: [before], after: [after], same: before === after })))}
        ${this.#table('Request header fields', requestHeaders)}
        <h3>Request body</h3>
        <body-diff before="/api/exchanges/${a.row}/body/request" after="/api/exchanges/${b.row}/body/request"></body-diff>
        ${this.#table('Response header fields', responseHeaders)}
        ${trailers.length ? this.#table('Trailer fields', trailers) : nothing}
        <h3>Response body</h3>
        <body-diff before="/api/exchanges/${a.row}/body/response" after="/api/exchanges/${b.row}/body/response"></body-diff>
      </div>
    </article>`;
  }

  #table(title, changes) {
    const shown = this.all ? changes : changes.filter((change) => !change.same);
    const same = changes.length - shown.length;
    return html`<h3>${title}</h3>
      ${shown.length ? html`<table class="field-list diff-table" aria-label=${title}>
        <thead><tr><th scope="col">Name</th><th scope="col">Row ${this.a}</th><th scope="col">Row ${this.b}</th></tr></thead>
        <tbody>${shown.map((change) => html`<tr class=${change.same ? '' : 'changed'}>
          <th scope="row">${seenInLine(change.name)}</th>
          <td class="before">${values(change.before, change.same)}</td><td class="after">${values(change.after, change.same)}</td>
        </tr>`)}</tbody></table>` : nothing}
      ${same && !this.all ? html`<p class="soft">${plural(same, 'value is', 'values are')} the same.</p>` : nothing}`;
  }
}

const status = ({ response }) => (response ? `${response.status} ${response.reason}` : 'no response');

const values = (list, same) => (list.length
  ? list.map((value) => html`<div class="mono ${same ? 'soft' : ''}">${seenInLine(String(value))}</div>`)
  : html`<span class="soft">not there</span>`);

customElements.define('exchange-diff', ExchangeDiff);
