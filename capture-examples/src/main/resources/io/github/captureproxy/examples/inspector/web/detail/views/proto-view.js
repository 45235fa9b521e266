// A protobuf message without its schema: fields by their numbers.

import { html, nothing } from 'lit';
import { Part } from '../../parts/element.js';
import { json, withQuery } from '../../api.js';
import { attempt } from '../../parts/messages.js';
import { plural } from '../../parts/format.js';
import { seenInLine } from '../unseen.js';
import { valueActions } from '../value-actions.js';

const SHOWN = 500;

class ProtoView extends Part {
  static properties = { body: { attribute: false }, message: { state: true } };

  willUpdate(changed) {
    if (changed.has('body')) this.#load();
  }

  async #load() {
    this.message = undefined;
    const { base, query } = this.body;
    this.message = await attempt(() => json(withQuery(`${base}/protobuf`, query)));
  }

  render() {
    if (!this.message) return html`<p class="soft" aria-busy="true">Reading…</p>`;
    return html`
      <p class="soft">Without its schema: field numbers, and what the bytes tell of the values.</p>
      ${this.message.problem ? html`<p class="note-line">This is no protobuf message ${this.message.problem}.</p>` : nothing}
      ${this.#fields(this.message.fields)}`;
  }

  #fields(fields) {
    return html`<ul class="proto">
      ${fields.slice(0, SHOWN).map((field) => html`<li>
        <div class="value"><span><span class="json-name">${field.number}</span> <span class="badge">${field.kind}</span>
          ${field.fields.length ? html`<span class="soft">${plural(field.fields.length, 'field')}</span>` : this.#value(field)}
          ${field.also ? html`<span class="soft">${field.also}</span>` : nothing}</span>
        ${field.fields.length ? nothing : valueActions(this, `field ${field.number}`, field.value)}</div>
        ${field.fields.length ? this.#fields(field.fields) : nothing}
      </li>`)}
    </ul>
    ${fields.length > SHOWN ? html`<p class="soft">${plural(fields.length - SHOWN, 'more field')} not shown.</p>` : nothing}`;
  }

  #value({ kind, value, size }) {
    if (kind === 'text') return html`<span class="json-string">"${seenInLine(value)}"</span>`;
    if (kind === 'bytes') return html`<span class="mono">${value}</span> <span class="soft">${plural(size, 'byte')}</span>`;
    return html`<span class="json-number">${value}</span>`;
  }
}

customElements.define('proto-view', ProtoView);
