// The value of a cookie: hidden, and not even asked for, until somebody wants to see it.

import { html } from 'lit';
import { Part } from '../parts/element.js';
import { json, withQuery } from '../api.js';
import { attempt } from '../parts/messages.js';
import { copy } from '../parts/clip.js';

class CookieValue extends Part {
  static properties = { cookie: { attribute: false }, value: { state: true } };

  willUpdate(changed) {
    const before = changed.get('cookie');
    if (before && before.changed !== this.cookie.changed) this.value = undefined;
  }

  async #read() {
    const { domain, path, name } = this.cookie;
    return (await json(withQuery('/api/cookies/value', { domain, path, name }))).value;
  }

  #toggle() {
    return attempt(async () => (this.value = this.value === undefined ? await this.#read() : undefined));
  }

  #copy() {
    return attempt(async () => copy(this.value ?? (await this.#read()), 'Value'));
  }

  render() {
    const shown = this.value !== undefined;
    const of = html`<span class="hidden-text"> the value of ${this.cookie.name}</span>`;
    return html`<span class="secret">
      <span class="mono">${shown ? this.value : html`<span class="soft">••••••  ${this.cookie.length} characters</span>`}</span>
      <button class="quiet" data-action="show" aria-pressed=${shown} @click=${this.#toggle}>${shown ? 'Hide' : 'Show'}${of}</button>
      <button class="quiet" @click=${this.#copy}>Copy${of}</button>
    </span>`;
  }
}

customElements.define('cookie-value', CookieValue);
