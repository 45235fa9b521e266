// Names and values: header fields, parameters, cookies, fields of forms. Of a message with thousands of them it shows
// some at a time, as a browser takes seconds for all.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { count } from '../parts/format.js';
import { seenInLine } from './unseen.js';
import { valueActions } from './value-actions.js';

const FIRST = 200;
const MORE = 1_000;
const LONG = 2_000;

class FieldTable extends Part {
  /** `fields`: [{name, value, utf8?, note?}]; `filterFor(field)`: the text of a filter, if there is one. */
  static properties = {
    fields: { attribute: false }, filterFor: { attribute: false }, label: {}, shown: { state: true }, long: { state: true },
  };

  constructor() {
    super();
    this.shown = FIRST;
    this.long = new Set();
  }

  willUpdate(changed) {
    if (changed.has('fields')) {
      this.shown = FIRST;
      this.long = new Set();
    }
  }

  render() {
    const fields = this.fields.slice(0, this.shown);
    const left = this.fields.length - fields.length;
    return html`<table class="field-list" aria-label=${this.label}>
      <tbody>${fields.map((field, index) => this.#row(field, index))}</tbody>
    </table>
    ${left ? html`<button @click=${() => (this.shown += MORE)} data-action="more-fields">
      Show ${left > MORE ? `${count(MORE)} more of ${count(left)}` : `${count(left)} more`}</button>` : nothing}`;
  }

  #row(field, index) {
    const value = field.utf8 ?? field.value;
    const cut = value.length > LONG && !this.long.has(index);
    return html`<tr>
      <th scope="row">${seenInLine(field.name)}</th>
      <td><div class="value">
        <span class="mono">${seenInLine(cut ? value.slice(0, LONG) : value)}${cut ? html`<button class="quiet"
          @click=${() => (this.long = new Set(this.long).add(index))}>… all ${count(value.length)} characters</button>` : nothing}
        ${field.utf8 ? html`<span class="badge" title="The field is not ASCII. Its bytes are read as UTF-8.">UTF-8</span>` : nothing}
        ${field.note ? html`<span class="soft">${field.note}</span>` : nothing}
        ${field.link ? html`<a href=${field.link.href}>${field.link.words}</a>` : nothing}</span>
        ${valueActions(this, field.name, value, this.filterFor?.(field))}
      </div></td>
    </tr>`;
  }
}

customElements.define('field-table', FieldTable);
