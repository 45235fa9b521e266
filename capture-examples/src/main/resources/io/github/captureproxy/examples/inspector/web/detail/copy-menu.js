// Copies an exchange as something to run or to read elsewhere: as it was sent, or without what is secret in it.

import { html } from 'lit';
import { Part } from '../parts/element.js';
import { json, withQuery } from '../api.js';
import { attempt } from '../parts/messages.js';
import { copy } from '../parts/clip.js';
import { placeBeside } from '../parts/menu.js';
import { remembered } from './remembered.js';

const FORMS = [
  ['curl', 'cURL for bash'], ['powershell', 'cURL for PowerShell'], ['cmd', 'cURL for cmd'],
  ['fetch', 'fetch'], ['java', 'Java HttpClient'], ['raw', 'raw HTTP'],
];

class CopyMenu extends Part {
  static properties = { row: { type: Number }, bare: { state: true } };

  constructor() {
    super();
    this.bare = remembered.get('copy-bare') === '1';
  }

  render() {
    return html`<div class="copy-menu" @keydown=${this.#key} @focusout=${this.#left}>
      <button data-action="copy-as" popovertarget="copy-forms">Copy as ▾</button>
      <div class="popover copy-forms" id="copy-forms" popover tabindex="-1" role="group" aria-label="Copy as" @beforetoggle=${placeBeside}>
        ${FORMS.map(([id, name]) => html`<button class="quiet" data-form=${id} @click=${() => this.#copy(id, name)}>${name}</button>`)}
        <label class="check" title="Credentials, cookies and the like become placeholders"><input type="checkbox" .checked=${this.bare}
          @change=${this.#choose}> Leave secrets out</label>
      </div>
    </div>`;
  }

  #choose(event) {
    this.bare = event.target.checked;
    remembered.set('copy-bare', this.bare ? '1' : '0');
  }

  async #copy(form, name) {
    this.#forms.hidePopover();
    await attempt(async () => {
      const copied = await json(withQuery(`/api/exchanges/${this.row}/copy/${form}`, { about: true, redact: this.bare }));
      await copy(copied.text, `${name}${this.bare ? ', without secrets,' : copied.secrets ? ', credentials included,' : ''}`);
    });
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !this.#forms.matches(':popover-open')) return;
    event.preventDefault();
    const all = [...this.querySelectorAll('.copy-forms button, .copy-forms input')];
    const at = all.indexOf(document.activeElement);
    all[(at + step + all.length) % all.length].focus();
  }

  /** A click on what takes no focus, such as the words beside the box, gives it to the menu. */
  #left(event) {
    if (event.relatedTarget && !this.contains(event.relatedTarget)) this.#forms.hidePopover();
  }

  get #forms() {
    return this.querySelector('.copy-forms');
  }
}

customElements.define('copy-menu', CopyMenu);
