// The parts of a multipart body; each can be opened like a body of its own.

import { html, nothing } from 'lit';
import { Part } from '../../parts/element.js';
import { json, withQuery } from '../../api.js';
import { attempt } from '../../parts/messages.js';
import { bytes, plural } from '../../parts/format.js';
import { seenInLine } from '../unseen.js';
import '../field-table.js';

const SHOWN = 200;

class PartsView extends Part {
  static properties = { body: { attribute: false }, parts: { state: true }, open: { state: true } };

  willUpdate(changed) {
    if (changed.has('body')) this.#load();
  }

  async #load() {
    this.parts = undefined;
    this.open = undefined;
    const { base, query } = this.body;
    const said = await attempt(() => json(withQuery(`${base}/parts`, query)));
    this.parts = said?.parts ?? [];
  }

  render() {
    if (!this.parts) return html`<p class="soft" aria-busy="true">Reading…</p>`;
    if (this.parts.length === 0) return html`<p class="soft">There are no parts in it: its boundary is missing or not found.</p>`;
    return html`<ul class="parts">
      ${this.parts.slice(0, SHOWN).map((part, index) => this.#part(part, index))}
    </ul>
    ${this.parts.length > SHOWN ? html`<p class="soft">${plural(this.parts.length, 'part')}; the first ${SHOWN} are shown.</p>` : nothing}`;
  }

  #part(part, index) {
    const open = this.open === index;
    return html`<li>
      <button class="quiet part" aria-expanded=${open} @click=${() => (this.open = open ? undefined : index)}>
        <span class="twist" aria-hidden="true">${open ? '▾' : '▸'}</span>
        <b>${part.name === null ? `Part ${index + 1}` : seenInLine(part.name)}</b>
        ${part.filename === null ? nothing : html`<span class="badge">file</span> <span>${seenInLine(part.filename)}</span>`}
        <span class="soft">${bytes(part.size)}</span>
        ${open || !part.preview.isText ? nothing : html`<span class="mono preview-text">${seenInLine(part.preview.words)}</span>`}
      </button>
      ${open ? this.#opened(part, index) : nothing}
    </li>`;
  }

  #opened(part, index) {
    const { base, query } = this.body;
    this.#queries[index] ??= { ...query, part: query.part ? `${query.part}.${index}` : String(index) };
    return html`<div class="part-open">
      <field-table .fields=${part.headers} label="Fields of the part"></field-table>
      <body-view .base=${base} .query=${this.#queries[index]}></body-view>
    </div>`;
  }

  #queries = {};
}

customElements.define('parts-view', PartsView);
