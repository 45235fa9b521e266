// A body byte by byte, a page at a time.

import { html, nothing } from 'lit';
import { Part } from '../../parts/element.js';
import { call, withQuery } from '../../api.js';
import { attempt } from '../../parts/messages.js';
import { count } from '../../parts/format.js';

const LINE = 16;
const PAGE = LINE * 256;

class HexView extends Part {
  static properties = { body: { attribute: false }, raw: { state: true }, page: { state: true }, bytes: { state: true } };

  constructor() {
    super();
    this.page = 0;
    this.raw = false;
  }

  get #total() {
    return this.raw || this.body.facts.decoded === null ? this.body.facts.captured : this.body.facts.decoded;
  }

  willUpdate(changed) {
    if (changed.has('body')) {
      this.page = 0;
      this.#load();
    }
  }

  async #load() {
    const { base, query, facts } = this.body;
    const raw = this.raw || facts.decoded === null;
    await attempt(async () => {
      const response = await call(withQuery(base, { ...query, raw, offset: this.page * PAGE, length: PAGE }));
      this.bytes = new Uint8Array(await response.arrayBuffer());
    });
  }

  #go(page) {
    const last = Math.max(0, Math.ceil(this.#total / PAGE) - 1);
    this.page = Math.min(Math.max(0, page), last);
    this.#load();
  }

  render() {
    if (!this.bytes) return html`<p class="soft" aria-busy="true">Reading…</p>`;
    const pages = Math.max(1, Math.ceil(this.#total / PAGE));
    const coded = this.body.facts.decoded !== null && this.body.facts.decoded !== this.body.facts.captured;
    return html`
      <div class="body-tools">
        ${pages > 1 ? html`
          <button aria-label="First page" ?disabled=${this.page === 0} @click=${() => this.#go(0)}>«</button>
          <button aria-label="Page before" ?disabled=${this.page === 0} @click=${() => this.#go(this.page - 1)}>‹</button>
          <label>Page <input class="short" inputmode="numeric" aria-label="Page" .value=${String(this.page + 1)}
            @change=${(event) => this.#go(Number.parseInt(event.target.value, 10) - 1 || 0)}> of ${count(pages)}</label>
          <button aria-label="Next page" ?disabled=${this.page === pages - 1} @click=${() => this.#go(this.page + 1)}>›</button>
          <button aria-label="Last page" ?disabled=${this.page === pages - 1} @click=${() => this.#go(pages - 1)}>»</button>` : nothing}
        <span class="soft">${count(this.#total)} bytes</span>
        <span class="grow"></span>
        ${coded ? html`<label class="check"><input type="checkbox" .checked=${this.raw}
          @change=${(event) => { this.raw = event.target.checked; this.#go(0); }}> As sent, coded</label>` : nothing}
      </div>
      <pre class="hex" tabindex="0" aria-label="Bytes in hex">${lines(this.bytes, this.page * PAGE)}</pre>`;
  }
}

function lines(bytes, start) {
  const all = [];
  for (let at = 0; at < bytes.length; at += LINE) {
    const line = bytes.subarray(at, at + LINE);
    const hex = Array.from(line, (byte, index) => (index === 8 ? ' ' : '') + byte.toString(16).padStart(2, '0')).join(' ');
    const text = Array.from(line, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join('');
    all.push(`${(start + at).toString(16).padStart(8, '0')}  ${hex.padEnd(LINE * 3)}  ${text}`);
  }
  return all.join('\n');
}

customElements.define('hex-view', HexView);
