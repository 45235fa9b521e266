// The messages of a WebSocket, an event stream or a gRPC call; of one that is open, as they come.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { json, withQuery } from '../api.js';
import { attempt } from '../parts/messages.js';
import { bytes, count, plural, time } from '../parts/format.js';
import { seenInLine } from './unseen.js';

const PAGE = 200;
/** Of an open one the latest are shown. */
const MAX_LIVE = 500;
const POLL_MILLIS = 500;

const ARROWS = { client: ['↑', 'sent by the client'], server: ['↓', 'sent by the server'] };

class MessagesList extends Part {
  static properties = {
    base: {}, live: { type: Boolean }, items: { state: true }, total: { state: true }, chosen: { state: true },
    words: { state: true }, follow: { state: true },
  };

  #timer;
  #asking = false;
  #query = {};

  constructor() {
    super();
    this.words = '';
    this.follow = true;
  }

  willUpdate(changed) {
    if (!changed.has('base')) return;
    this.items = undefined;
    this.chosen = undefined;
    this.#ask();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.live && this.#ask(), POLL_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  async #ask() {
    if (this.#asking) return;
    this.#asking = true;
    const { base } = this;
    const after = this.live ? (this.items?.at(-1)?.index ?? -1) + 1 : this.items?.length ?? 0;
    try {
      const page = await json(withQuery(`${base}/messages`, { after, limit: this.live ? MAX_LIVE : PAGE }));
      if (base === this.base) {
        this.total = page.total;
        const all = page.items.length || !this.items ? [...(this.items ?? []), ...page.items] : this.items;
        this.items = this.live && all.length > MAX_LIVE ? all.slice(-MAX_LIVE) : all;
      }
    } catch (error) {
      if (!this.live) await attempt(() => { throw error; });
    } finally {
      this.#asking = false;
      if (base !== this.base) this.#ask();
    }
  }

  render() {
    const { items } = this;
    if (!items) return html`<p class="soft" aria-busy="true">Reading…</p>`;
    if (items.length === 0) return html`<p class="soft">${this.live ? 'No messages yet.' : 'No messages.'}</p>`;
    const words = this.words.toLowerCase();
    const shown = words ? items.filter((item) => `${item.preview.words} ${item.type} ${item.note}`.toLowerCase().includes(words)) : items;
    return html`
      <div class="body-tools">
        <input type="search" aria-label="Search the messages" placeholder="Search the messages" .value=${this.words}
          @input=${(event) => (this.words = event.target.value)}>
        <span class="soft" role="status">${words ? `${count(shown.length)} of ${plural(items.length, 'message')}` : plural(this.total, 'message')}</span>
        <span class="grow"></span>
        ${this.live ? html`<label class="check"><input type="checkbox" .checked=${this.follow}
          @change=${(event) => (this.follow = event.target.checked)}> Follow</label>` : nothing}
      </div>
      <ol class="messages ${this.live ? 'live' : ''}" aria-label="Messages">${shown.map((item) => this.#item(item))}</ol>
      ${!this.live && items.length < this.total ? html`<button data-action="more-messages" @click=${() => this.#ask()}>Show
        ${count(Math.min(PAGE, this.total - items.length))} more</button>` : nothing}`;
  }

  #item(item) {
    const open = this.chosen === item.index;
    const [arrow, words] = ARROWS[item.from];
    return html`<li class="message from-${item.from}" data-message=${item.index}>
      <button class="quiet message-line" aria-expanded=${open} @click=${() => this.#choose(open ? undefined : item.index)}>
        <span class="arrow" title=${words}><span aria-hidden="true">${arrow}</span><span class="hidden-text">${words}</span></span>
        <span class="badge">${seenInLine(item.type === 'TEXT' || item.type === 'BINARY' ? item.type.toLowerCase() : item.type)}</span>
        <span class="preview-text ${item.preview.isText ? '' : 'soft'} mono">${seenInLine(item.preview.words)}${item.note ? html` <span class="soft">${seenInLine(item.note)}</span>` : nothing}</span>
        <span class="soft number">${item.size < 0 ? '' : bytes(item.size)}${item.cut ? ', cut' : ''}</span>
        ${item.at === null ? nothing : html`<time class="soft number">${time(item.at)}</time>`}
      </button>
      ${open ? html`<div class="message-open"><body-view base="${this.base}/body/message" .query=${this.#query}></body-view></div>` : nothing}
    </li>`;
  }

  #choose(index) {
    this.#query = { message: index };
    this.chosen = index;
    if (index !== undefined) this.follow = false;
  }

  updated(changed) {
    const list = this.querySelector('.messages');
    if (list && changed.has('items') && this.live && this.follow) list.scrollTop = list.scrollHeight; // and nothing around it
  }
}

customElements.define('messages-list', MessagesList);
