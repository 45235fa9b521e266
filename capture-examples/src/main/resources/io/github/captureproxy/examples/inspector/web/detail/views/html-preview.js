// How HTML looks, where none of it can do anything: a sandbox without scripts, and nothing loaded from anywhere.

import { html } from 'lit';
import { Part } from '../../parts/element.js';
import { json, withQuery } from '../../api.js';
import { attempt } from '../../parts/messages.js';

const LENGTH = 1024 * 1024;
const POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; style-src \'unsafe-inline\'">'
  + '<meta name="color-scheme" content="light"><meta name="referrer" content="no-referrer">';

class HtmlPreview extends Part {
  static properties = { body: { attribute: false }, source: { state: true } };

  willUpdate(changed) {
    if (changed.has('body')) this.#load();
  }

  async #load() {
    this.source = undefined;
    const { base, query } = this.body;
    const piece = await attempt(() => json(withQuery(`${base}/text`, { ...query, length: LENGTH })));
    this.source = piece && POLICY + piece.text;
  }

  render() {
    if (this.source === undefined) return html`<p class="soft" aria-busy="true">Reading…</p>`;
    return html`
      <p class="soft">Its text and structure: without scripts, style sheets, links, and anything from the network.</p>
      <iframe class="preview" sandbox="" referrerpolicy="no-referrer" title="Preview of the HTML, without scripts"
        tabindex="0" srcdoc=${this.source}></iframe>`;
  }
}

customElements.define('html-preview', HtmlPreview);
