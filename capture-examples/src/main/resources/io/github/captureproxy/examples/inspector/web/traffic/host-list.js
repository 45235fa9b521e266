// The hosts of the list, beside it, with how many rows each has; one click shows one host alone, by the event
// `view-change`.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { json, withQuery } from '../api.js';
import { toast } from '../parts/messages.js';
import { bytes, count, plural } from '../parts/format.js';

/** More are found by typing. */
const MAX_SHOWN = 300;
const REFRESH_MILLIS = 5_000;

class HostList extends Part {
  static properties = { query: { attribute: false }, host: {}, hosts: { state: true }, word: { state: true } };
  #asked;
  #timer;

  constructor() {
    super();
    this.hosts = [];
    this.word = '';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  willUpdate(changed) {
    if (changed.has('query') && this.#path() !== this.#asked) this.#load();
  }

  /** Something may have changed; it is not worth more than a look now and then. */
  refresh() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#load();
    }, REFRESH_MILLIS);
  }

  #path() {
    return withQuery('/api/hosts-in-list', { ...this.query, host: '', sort: '', desc: false });
  }

  async #load() {
    const asked = (this.#asked = this.#path());
    try {
      const answer = await json(asked);
      if (this.#asked === asked) this.hosts = answer.hosts;
    } catch (error) {
      if (error.status !== 400) toast(error.message, 'error'); // the filter's field tells of it
    }
  }

  render() {
    const found = this.hosts.filter((sum) => sum.host.includes(this.word.toLowerCase()));
    return html`<nav class="host-list" aria-label="Hosts">
      <input aria-label="Find a host" placeholder="Find a host" .value=${this.word}
        @input=${(event) => (this.word = event.target.value)}>
      <ul>
        <li>${this.#button('', 'All hosts', this.hosts.reduce((sum, host) => sum + host.count, 0))}</li>
        ${found.slice(0, MAX_SHOWN).map((sum) => html`<li>${this.#button(sum.host, sum.host || 'no host', sum.count, sum)}</li>`)}
      </ul>
      ${found.length > MAX_SHOWN ? html`<p class="soft">${plural(found.length - MAX_SHOWN, 'more host')}</p>` : nothing}
    </nav>`;
  }

  #button(host, name, rows, sum) {
    const title = sum ? `${plural(rows, 'row')}, ${plural(sum.errors, 'error')}, ${bytes(sum.responseBytes)} received` : name;
    return html`<button class="quiet host" title="${name}: ${title}" aria-current=${this.host === host ? 'true' : nothing}
      data-host=${host} @click=${() => this.emit('view-change', { host: host === this.host ? '' : host })}>
      <span class="name">${name}</span>
      ${sum?.errors ? html`<span class="bad">${count(sum.errors)}<span class="hidden-text"> errors of</span></span>` : nothing}
      <span class="soft">${count(rows)}</span></button>`;
  }
}

customElements.define('host-list', HostList);
