// The fields of a form.

import { html } from 'lit';
import { Part } from '../../parts/element.js';
import { json, withQuery } from '../../api.js';
import { attempt } from '../../parts/messages.js';
import { term } from '../filters.js';
import '../field-table.js';

class FormView extends Part {
  static properties = { body: { attribute: false }, fields: { state: true } };

  willUpdate(changed) {
    if (changed.has('body')) this.#load();
  }

  async #load() {
    this.fields = undefined;
    const { base, query } = this.body;
    const said = await attempt(() => json(withQuery(`${base}/form`, query)));
    this.fields = said?.fields ?? [];
  }

  render() {
    if (!this.fields) return html`<p class="soft" aria-busy="true">Reading…</p>`;
    return html`<field-table .fields=${this.fields} label="Fields of the form"
      .filterFor=${({ value }) => (value ? term('request-body', value) : undefined)}></field-table>`;
  }
}

customElements.define('form-view', FormView);
