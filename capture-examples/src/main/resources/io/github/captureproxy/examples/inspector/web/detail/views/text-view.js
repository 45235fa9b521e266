// A body as text: the first part of it, more on request, and a search in what is there.

import { html, nothing } from 'lit';
import { Part } from '../../parts/element.js';
import { json, withQuery } from '../../api.js';
import { attempt } from '../../parts/messages.js';
import { bytes, count } from '../../parts/format.js';
import { copy } from '../../parts/clip.js';
import { seen } from '../unseen.js';
import { Found } from './found.js';

/** A piece; a browser lays out a MiB of it in one go without a pause that one would notice. */
const PIECE = 256 * 1024;
const FIRST_PIECES = 4;

class TextView extends Part {
  static properties = { body: { attribute: false }, pieces: { state: true }, busy: { state: true }, words: { state: true } };

  constructor() {
    super();
    this.pieces = [];
    this.words = '';
  }

  willUpdate(changed) {
    if (changed.has('body')) {
      this.pieces = [];
      this.#more(FIRST_PIECES);
    }
  }

  async #more(most) {
    const body = this.body;
    this.busy = true;
    await attempt(async () => {
      for (let i = 0; i < most && (this.pieces.at(-1)?.more ?? true) && body === this.body; i++) {
        const offset = this.pieces.at(-1)?.next ?? 0;
        const piece = await json(withQuery(`${body.base}/text`, { ...body.query, offset, length: PIECE }));
        if (body === this.body) this.pieces = [...this.pieces, piece];
      }
    });
    this.busy = false;
  }

  get text() {
    return this.pieces.map((piece) => piece.text).join('');
  }

  render() {
    const last = this.pieces.at(-1);
    if (!last) return html`<p class="soft" aria-busy="true">Reading…</p>`;
    const replaced = this.pieces.reduce((sum, piece) => sum + piece.replaced, 0);
    const found = this.words ? new Found(this.text, this.words) : undefined;
    return html`
      <div class="body-tools">
        <input type="search" aria-label="Search the text" placeholder="Search the text" .value=${this.words}
          @input=${(event) => (this.words = event.target.value)}>
        ${found ? html`<span class="soft" role="status">${found.summary}${last.more ? ' in what is shown' : ''}</span>` : nothing}
        <span class="grow"></span>
        <span class="soft">${last.charset}</span>
        <button data-action="copy-text" @click=${() => copy(this.text, last.more ? 'The part that is shown' : 'Text')}>Copy</button>
      </div>
      ${replaced ? html`<p class="note-line">${count(replaced)} ${replaced === 1 ? 'place holds' : 'places hold'} bytes that are no
        ${last.charset}; each is shown as “\uFFFD”.</p>` : nothing}
      ${found ? html`<pre class="text" tabindex="0">${found.marked(seen)}</pre>`
        : html`<pre class="text" tabindex="0">${this.pieces.map((piece) => html`<span class="piece">${seen(piece.text)}</span>`)}</pre>`}
      ${last.more ? html`<p class="row"><button data-action="more-text" ?disabled=${this.busy} @click=${() => this.#more(FIRST_PIECES)}>
        Show more</button><span class="soft">${bytes(last.next)} shown</span></p>` : nothing}`;
  }
}

customElements.define('text-view', TextView);
