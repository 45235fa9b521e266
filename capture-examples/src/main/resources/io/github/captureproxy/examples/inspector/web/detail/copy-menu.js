// Copies an exchange as something to run or to read elsewhere: as it was sent, or without what is secret in it.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { json, withQuery } from '../api.js';
import { attempt } from '../parts/messages.js';
import { copy } from '../parts/clip.js';
import { remembered } from './remembered.js';

const FORMS = [
  ['curl', 'cURL for bash'], ['powershell', 'cURL for PowerShell'], ['cmd', 'cURL for cmd'],
  ['fetch', 'fetch'], ['java', 'Java HttpClient'], ['raw', 'raw HTTP'],
];

class CopyMenu extends Part {
  static properties = { row: { type: Number }, open: { state: true }, bare: { state: true } };

  constructor() {
    super();
    this.open = false;
    this.bare = remembered.get('copy-bare') === '1';
    this.hear(document, 'pointerdown', (event) => !this.contains(event.target) && (this.open = false));
  }

  render() {
    return html`<div class="copy-menu" @keydown=${this.#key} @focusout=${this.#left}>
      <button data-action="copy-as" aria-expanded=${this.open} aria-controls="copy-forms" @click=${() => (this.open = !this.open)}>Copy as ▾</button>
      ${this.open ? html`<div class="copy-forms" id="copy-forms" role="group" aria-label="Copy as">
        ${FORMS.map(([id, name]) => html`<button class="quiet" data-form=${id} @click=${() => this.#copy(id, name)}>${name}</button>`)}
        <label class="check" title="Credentials, cookies and the like become placeholders"><input type="checkbox" .checked=${this.bare}
          @change=${this.#choose}> Leave secrets out</label>
      </div>` : nothing}
    </div>`;
  }

  #choose(event) {
    this.bare = event.target.checked;
    remembered.set('copy-bare', this.bare ? '1' : '0');
  }

  async #copy(form, name) {
    this.open = false;
    this.querySelector('button').focus();
    await attempt(async () => {
      const copied = await json(withQuery(`/api/exchanges/${this.row}/copy/${form}`, { about: true, redact: this.bare }));
      await copy(copied.text, `${name}${this.bare ? ', without secrets,' : copied.secrets ? ', credentials included,' : ''}`);
    });
  }

  #key(event) {
    if (event.key === 'Escape' && this.open) {
      event.stopPropagation();
      this.open = false;
      this.querySelector('button').focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !this.open) return;
    event.preventDefault();
    const all = [...this.querySelectorAll('.copy-forms button, .copy-forms input')];
    const at = all.indexOf(document.activeElement);
    all[(at + step + all.length) % all.length].focus();
  }

  #left(event) {
    if (event.relatedTarget && !this.contains(event.relatedTarget)) this.open = false;
  }
}

customElements.define('copy-menu', CopyMenu);
