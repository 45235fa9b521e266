// An image, from its bytes, with its measures.

import { html, nothing } from 'lit';
import { Part } from '../../parts/element.js';
import { call, withQuery } from '../../api.js';
import { attempt } from '../../parts/messages.js';
import { bytes } from '../../parts/format.js';

const MAX_BYTES = 32 * 1024 * 1024;

class ImageView extends Part {
  static properties = { body: { attribute: false }, url: { state: true }, measures: { state: true }, broken: { state: true } };

  willUpdate(changed) {
    if (changed.has('body')) this.#load();
  }

  async #load() {
    this.#release();
    this.measures = undefined;
    this.broken = false;
    const { base, query, facts } = this.body;
    if (facts.decoded > MAX_BYTES) return;
    await attempt(async () => {
      const response = await call(withQuery(base, query));
      const data = await response.arrayBuffer();
      if (this.isConnected) this.url = URL.createObjectURL(new Blob([data], { type: facts.imageType }));
    });
  }

  #release() {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#release();
  }

  render() {
    const { facts } = this.body;
    if (facts.decoded > MAX_BYTES) return html`<p class="soft">An image of ${bytes(facts.decoded)} is too large to be shown here.</p>`;
    if (!this.url) return html`<p class="soft" aria-busy="true">Reading…</p>`;
    return html`
      <p class="soft">${facts.imageType} · ${bytes(facts.decoded)}${this.measures ? ` · ${this.measures}` : nothing}</p>
      ${this.broken ? html`<p class="note-line">The browser can’t read this image.</p>`
        : html`<div class="image-back"><img class="image" src=${this.url} alt="The image that was captured"
          @load=${({ target }) => (this.measures = `${target.naturalWidth} × ${target.naturalHeight}`)}
          @error=${() => (this.broken = true)}></div>`}`;
  }
}

customElements.define('image-view', ImageView);
